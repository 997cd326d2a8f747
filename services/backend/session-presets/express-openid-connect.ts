/** express-openid-connect: the session of a sign-in at a provider, encrypted into a cookie. */
import type { SessionPreset } from './preset.ts';

export const expressOpenidConnect: SessionPreset = {
  id: 'express-openid-connect',
  sentence:
    'Clears all its cookies when none can be opened; encrypts the session anew with the first secret at every answer.',
  source:
    'express-openid-connect 3.4.0, lib/appSession.js: read (setCookie runs before the headers of every response).',
  behaviour: { destructiveRejection: true, resignOnRead: true },
};
