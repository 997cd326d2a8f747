/**
 * Judges what came back for a key set or a discovery document, as jose 6.2.17 does: status exactly 200 (redirects are not
 * followed), a JSON value whatever the content type says, of the right shape. What is odd about single keys is not judged here.
 */
import type { Failure, Jwk, Reply } from '../../../simulator/contract/index.ts';
import { KeySet } from './key-set.ts';

/** Why a fetch brought no keys. `words` complete "the fetch failed (…)". */
export interface FetchFailure {
  readonly outcome: Failure | 'status' | 'document';
  readonly words: string;
  /** Where `outcome` is `status`. */
  readonly status?: number;
}

export type Fetched =
  { readonly ok: true; readonly set: KeySet } | { readonly ok: false; readonly failure: FetchFailure };

const FAILURE_WORDS: Readonly<Record<Failure, string>> = {
  timeout: 'no answer in time',
  refused: 'connection refused',
  reset: 'connection reset',
  cut: 'the answer broke off',
};

/** The key set that a reply carries. A set with an entry that is no object is refused whole. */
export function judgeKeySet(reply: Reply, acceptEmptySet: boolean): Fetched {
  const failure = judgeReply(reply);
  if (failure !== undefined) return { ok: false, failure };
  const { body } = reply;
  if (!isObject(body)) return refused('the body is no JSON object');
  const keys = body['keys'];
  if (!Array.isArray(keys)) return refused('the document has no keys array');
  if (!keys.every(isObject)) return refused('an entry of the key set is no object');
  if (keys.length === 0 && !acceptEmptySet) return refused('the key set is empty');
  return { ok: true, set: new KeySet(keys as readonly Jwk[]) };
}

export type Located =
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly failure: FetchFailure };

/**
 * Where a discovery document says the key set is. Its `issuer` must be the expected one, character by character
 * (OpenID Connect Discovery 1.0, 4.3). Only the path counts: the IdP is one host here.
 */
export function judgeDiscovery(reply: Reply, issuer: string): Located {
  const failure = judgeReply(reply);
  if (failure !== undefined) return { ok: false, failure };
  const { body } = reply;
  if (!isObject(body)) return refused('the discovery document is no JSON object');
  if (body['issuer'] !== issuer) return refused('the discovery document names another issuer');
  const uri = body['jwks_uri'];
  if (typeof uri !== 'string') return refused('the discovery document has no jwks_uri');
  return { ok: true, path: pathOf(uri) };
}

function judgeReply(reply: Reply): FetchFailure | undefined {
  if (reply.failure !== undefined) return { outcome: reply.failure, words: FAILURE_WORDS[reply.failure] };
  if (reply.status !== 200) {
    return { outcome: 'status', words: `status ${reply.status}`, status: reply.status };
  }
  return undefined;
}

function refused(words: string): { readonly ok: false; readonly failure: FetchFailure } {
  return { ok: false, failure: { outcome: 'document', words } };
}

/** Among JSON values. A body that is no JSON (HTML, a truncated document) arrives as text, an empty one as undefined. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathOf(uri: string): string {
  const scheme = uri.indexOf('://');
  if (scheme < 0) return uri;
  const slash = uri.indexOf('/', scheme + 3);
  return slash < 0 ? '/' : uri.slice(slash);
}
