/** Valid JSON that holds nothing: what a misrouted or half-migrated endpoint says. */
import { altering, isDocument } from '../alteration.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';

export const EMPTY_OBJECT: FaultAbout = {
  name: 'empty-object',
  sentence: 'The document is {} instead of what it should hold.',
  source: 'MicahParks/keyfunc#48: a JSON answer without keys passes for an empty set, silently',
  layer: 'document',
};

/** Only JSON documents change; errors without one pass. */
export function emptyObject(): FaultMechanism {
  return altering(EMPTY_OBJECT, 'answers {} in place of the document', (response) =>
    isDocument(response.body) ? { ...response, body: {} } : undefined,
  );
}
