/** A cache between the origin and its readers that has stopped asking: both ends are right, and disagree. */
import { altering, isDocument } from '../alteration.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';

export const STALE_DOCUMENT: FaultAbout = {
  name: 'stale-document',
  sentence: 'A document is served as it was when the fault first saw it.',
  source: 'Logto, 8 January 2026: a cache kept the old key set after a rotation, for about an hour',
  layer: 'document',
};

/**
 * What the fault first saw on a path, from `fromMs` on, it serves until its end; so it must begin before the change that it is
 * to hide. Kept by path for the whole target. Felt only where the document has changed since; errors pass.
 */
export function staleDocument(): FaultMechanism {
  return altering(STALE_DOCUMENT, 'serves an old version of the document', (response, { memory }, { path }) => {
    if (response.status !== 200 || !isDocument(response.body)) return undefined;
    if (!memory.has(path)) {
      memory.set(path, response.body);
      return undefined;
    }
    const old = memory.get(path);
    return JSON.stringify(old) === JSON.stringify(response.body) ? undefined : { ...response, body: old };
  });
}
