/** Flask: sessions in signed cookies; as it is now, and the release whose fallback list was the wrong way round. */
import type { SessionPreset } from './preset.ts';

const KEPT = 'a bad signature gives an empty session, and an empty one that nobody changed leaves the cookie alone';

export const flask: SessionPreset = {
  id: 'flask',
  sentence: 'Leaves a cookie that it cannot verify alone until something is written; signs with the newest key.',
  source: `Flask 3.1.1, sessions.py, read: ${KEPT}.`,
  behaviour: { destructiveRejection: false, resignOnRead: false },
};

export const flask310: SessionPreset = {
  id: 'flask-3.1.0',
  sentence: 'Signs with the oldest key of its list, so that a rotation does nothing until the fallback is removed.',
  source: `Flask 3.1.0, CVE-2025-47278 (PYSEC-2026-1377): SECRET_KEY_FALLBACKS in reverse; ${KEPT}.`,
  behaviour: { destructiveRejection: false, resignOnRead: false, sealsWith: 'last' },
};
