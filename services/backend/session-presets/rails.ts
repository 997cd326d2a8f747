/** Rails with its session in an encrypted cookie. */
import type { SessionPreset } from './preset.ts';

export const rails: SessionPreset = {
  id: 'rails',
  sentence:
    'Leaves a cookie that it cannot decrypt alone until something is written; upgrades what an older secret opens.',
  source:
    'Rails 7, guides/source/security.md (cookies_rotations) and action_dispatch/middleware/cookies.rb, read: a value decrypted by a rotation is written again with the new secret.',
  behaviour: { destructiveRejection: false, resignOnRead: true },
};
