/** cookie-session for Express: the session in a cookie, its signature in a second one. */
import type { SessionPreset } from './preset.ts';

export const cookieSession: SessionPreset = {
  id: 'cookie-session',
  sentence:
    'Deletes the signature of a cookie that it cannot verify; seals what it reads with an older key anew at once.',
  source:
    'cookie-session 2.1.1 with keygrip: measured on Node 20.20.2 with two instances, and in a rolling deploy of [new, old].',
  behaviour: { destructiveRejection: true, resignOnRead: true },
};
