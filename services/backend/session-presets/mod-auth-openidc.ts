/** mod_auth_openidc without a passphrase of its own: every Apache makes one when it starts. */
import type { SessionPreset } from './preset.ts';

export const modAuthOpenidc: SessionPreset = {
  id: 'mod-auth-openidc-no-passphrase',
  sentence: 'Makes a passphrase of its own at every start, on every host.',
  source:
    'mod_auth_openidc, auth_openidc.conf, read: OIDCCryptoPassphrase left undefined is random at server start; that a cookie it cannot open stays in the browser is assumed.',
  behaviour: { destructiveRejection: false, resignOnRead: false, keySource: 'random-at-start' },
};
