/** iron-session: the session sealed into a cookie, with passwords by number. */
import type { SessionPreset } from './preset.ts';

export const ironSession: SessionPreset = {
  id: 'iron-session',
  sentence:
    'Takes a cookie that it cannot open for an empty session, without a word; reads older passwords and leaves them.',
  source:
    'iron-session 8.0.4 with a map of passwords: measured (“Bad hmac value” and “Cannot find password” are swallowed).',
  behaviour: { destructiveRejection: false, resignOnRead: false },
};
