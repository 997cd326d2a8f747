/** express-session with a shared store: the cookie carries a signed id. Two presets, for what its user chose or forgot. */
import type { SessionPreset } from './preset.ts';

export const expressSessionDefault: SessionPreset = {
  id: 'express-session-default',
  sentence:
    'Replaces the id of a session that it cannot verify by that of a new, empty one; keeps ids sealed as they are.',
  source: 'express-session 1.19.0 with its default saveUninitialized: true: measured with a shared store.',
  behaviour: { destructiveRejection: true, resignOnRead: false },
};

/** As its documents recommend; it still replaces the id as soon as anything is written into the empty session. */
export const expressSession: SessionPreset = {
  id: 'express-session',
  sentence: 'Leaves an id that it cannot verify alone until something is written; keeps ids sealed as they are.',
  source: 'express-session 1.19.0 with saveUninitialized: false: measured with a shared store.',
  behaviour: { destructiveRejection: false, resignOnRead: false },
};
