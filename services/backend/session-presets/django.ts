/** Django with sessions in signed cookies. */
import type { SessionPreset } from './preset.ts';

export const djangoSignedCookies: SessionPreset = {
  id: 'django-signed-cookies',
  sentence: 'Replaces a cookie that it cannot verify; fallbacks validate, and are never signed with.',
  source:
    'Django 5: SECRET_KEY_FALLBACKS in topics/signing; signed_cookies.py, read: a bad signature resets the session and marks it modified, so that the answer carries a new cookie.',
  behaviour: { destructiveRejection: true, resignOnRead: false },
};
