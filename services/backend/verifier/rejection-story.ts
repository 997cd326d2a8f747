/** Why a token was rejected, in the words somebody reads who follows one user's requests. */
import type { NoteDetail } from '../../../simulator/contract/index.ts';
import type { KeyFetches } from './key-fetches.ts';
import type { KeyProblem } from './key-cache.ts';

export interface Told {
  readonly text: string;
  readonly detail: NoteDetail;
}

/** @param isEager whether the first fetch was made at boot */
export function tellKeyProblem(
  { problem, because }: KeyProblem,
  kid: string | undefined,
  fetches: KeyFetches,
  isEager: boolean,
): Told {
  const named = kid === undefined ? 'that the token means' : `"${kid}"`;
  if (problem === 'ambiguous-kid') return { text: `cannot choose a key ${named}: ${because}`, detail: dates(fetches) };
  if (problem === 'unknown-kid') return { text: `has no key ${named} and ${because}`, detail: dates(fetches) };
  return { text: tellUnavailable(because, fetches, isEager), detail: dates(fetches) };
}

function tellUnavailable(because: string, fetches: KeyFetches, isEager: boolean): string {
  const { lastFailure, endedCount } = fetches;
  if (fetches.lastSuccessMs !== -Infinity) return `could not renew its keys: ${because}`;
  if (lastFailure === undefined) return `holds no keys: ${because}`;
  const boot = isEager ? ', at boot,' : '';
  if (endedCount === 1) return `holds no keys: its only fetch${boot} failed (${lastFailure.words})`;
  return `holds no keys: all ${endedCount} fetches failed, the last one with: ${lastFailure.words}`;
}

function dates({ lastSuccessMs, lastFailureMs }: KeyFetches): NoteDetail {
  return {
    ...(lastSuccessMs === -Infinity ? {} : { fetchedAtMs: lastSuccessMs }),
    ...(lastFailureMs === -Infinity ? {} : { failedAtMs: lastFailureMs }),
  };
}
