/** oauth2-proxy: go-oidc in a process that exits when its one attempt at discovery fails. */
import { goOidc } from './go-oidc.ts';
import { variantOf } from './preset.ts';

export const oauth2Proxy = variantOf(
  goOidc,
  {
    id: 'oauth2-proxy',
    sentence: 'One attempt at discovery, then the process exits; else the key set of go-oidc.',
    source: 'oauth2-proxy, main.go, snapshot of 30 July 2026, and oauth2-proxy#3487: read, not run.',
  },
  { startup: [{ mode: 'eager-crash', fetches: 'discovery' }, 'read in main.go: logger.Fatalf'] },
);
