/** An answer that is lost half-way: the server has done the work (rotated a refresh token, say), the caller does not know. */
import { altering } from '../alteration.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';

export const CUT: FaultAbout = {
  name: 'cut',
  sentence: 'The connection dies inside the body, after the server has done its work.',
  source: 'auth0/idtoken-verifier#21: an aborted key fetch is taken for an answer without a key',
  layer: 'response',
};

/** The caller sees the failure `cut`. */
export function cut(): FaultMechanism {
  return altering(CUT, 'breaks off inside its answer', (response) => ({ ...response, fate: 'cut' }));
}
