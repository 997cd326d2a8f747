/** What the team did, by the report's clock: found the cause, cleared the cache, put the old key back, cleared again. */
import { PURGE_PATH, type PurgeRequest } from '../../services/edge-cache/index.ts';
import { KEYS_PATH, type KeyRequest } from '../../services/idp/index.ts';
import type { DatedActions, RequestAction } from '../../services/operator/index.ts';
import { CAUSE_FOUND_MS, CLEARED_MS, REVERTED_MS } from './clock.ts';

const forgotten: PurgeRequest = { paths: ['/jwks'] };
const clearing: RequestAction = { kind: 'request', host: 'edge-io', path: PURGE_PATH, body: forgotten };

const reverted: KeyRequest = {
  changes: [
    { kid: 'key-1', does: 'publish' },
    { kid: 'key-1', does: 'sign' },
    { kid: 'key-2', does: 'withdraw' },
  ],
};
const reverting: RequestAction = { kind: 'request', host: 'idp', path: KEYS_PATH, body: reverted };

export const response: readonly DatedActions[] = [
  { atMs: CAUSE_FOUND_MS, label: 'cause found (L5)', actions: [] },
  { atMs: CLEARED_MS, label: 'cache cleared (L6)', actions: [clearing] },
  { atMs: REVERTED_MS, label: 'signing key reverted, cache cleared again (L7)', actions: [reverting, clearing] },
];
