/** Headers at once, then the body in drops: what gets past every timeout that only watches the first byte. */
import { altering } from '../alteration.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';
import { requireDuration } from '../option-check.ts';

export const DRIBBLE: FaultAbout = {
  name: 'dribble',
  sentence: 'The body of the answer takes long to arrive.',
  source: 'sqlpage/SQLPage#1231: headers came, the body stalled, and all requests froze',
  layer: 'response',
};

export interface DribbleOptions {
  /** How long the body takes, in ms, above 0. */
  readonly bodyMs: number;
}

/** The server has done its work and holds no worker while the body trickles. */
export function dribble({ bodyMs }: DribbleOptions): FaultMechanism {
  requireDuration('dribble', 'bodyMs', bodyMs);
  const deed = `lets the body of its answer trickle for ${bodyMs} ms`;
  return altering(DRIBBLE, deed, (response) => ({ ...response, fate: 'dribble', dribbleMs: bodyMs }));
}
