/** The worst way to be down: nobody is told, everybody waits for as long as their own timeout is long. */
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';
import { replacing } from '../replacement.ts';

export const HANG: FaultAbout = {
  name: 'hang',
  sentence: 'The request is accepted and never answered.',
  source: 'spring-projects/spring-security#18196: a hung key fetch made 15 minutes of 401s',
  layer: 'admission',
};

/**
 * The caller sees the failure `timeout` once its patience ends, also where that is after the end of the fault, and waits for
 * ever without one. A hung request takes no worker: it stands for a connection that is open and forgotten, not for a
 * server whose workers are stuck (that is `slow` with a delay beyond the callers' patience).
 */
export function hang(): FaultMechanism {
  return replacing(HANG, 'accepts the request and never answers', { status: 0, fate: 'hang' });
}
