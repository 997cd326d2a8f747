/** lua-resty-openidc, under Kong’s community plugin and APISIX: a day of cache. */
import { OURS, presetOf } from './preset.ts';

const LUA = 'read in lua-resty-openidc';

export const luaRestyOpenidc = presetOf(
  {
    id: 'lua-resty-openidc',
    sentence: 'Keeps discovery and keys for 24 hours (Kong’s community plugin, APISIX); an unknown kid forces a fetch.',
    source: 'lua-resty-openidc: read, not run.',
  },
  {
    ttlMs: [86_400_000, LUA],
    cooldownAfterSuccessMs: [0, LUA],
    fetchTimeoutMs: [60_000, 'lua_socket_read_timeout of nginx, from memory'],
    fetchesPerAttempt: [2, LUA],
    discoveryTtlMs: [86_400_000, LUA],
    unknownKid: ['refetch', LUA],
    startup: [{ mode: 'lazy' }, LUA],
    statusOnKeysUnavailable: [401, OURS],
    statusOnUnknownKid: [401, OURS],
    clockToleranceMs: [0, 'ours: not read'],
  },
);
