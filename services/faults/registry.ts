/** The faults there are, in the order in which a request would meet them: what `list` shows and reference pages are made of. */
import type { FaultAbout } from './mechanism.ts';
import { CUT } from './mechanisms/cut.ts';
import { DRIBBLE } from './mechanisms/dribble.ts';
import { DUPLICATE_KID } from './mechanisms/duplicate-kid.ts';
import { ED25519_KEY } from './mechanisms/ed25519-key.ts';
import { EMPTY_BODY } from './mechanisms/empty-body.ts';
import { EMPTY_KEYS } from './mechanisms/empty-keys.ts';
import { EMPTY_OBJECT } from './mechanisms/empty-object.ts';
import { FLAP } from './mechanisms/flap.ts';
import { HANG } from './mechanisms/hang.ts';
import { HTML200 } from './mechanisms/html200.ts';
import { HUGE_SET } from './mechanisms/huge-set.ts';
import { KEYS_MISSING } from './mechanisms/keys-missing.ts';
import { MALFORMED_KEY } from './mechanisms/malformed-key.ts';
import { NO_KID } from './mechanisms/no-kid.ts';
import { REDIRECT } from './mechanisms/redirect.ts';
import { REFUSE } from './mechanisms/refuse.ts';
import { RESET } from './mechanisms/reset.ts';
import { SAME_KID_NEW_KEY } from './mechanisms/same-kid-new-key.ts';
import { SLOW } from './mechanisms/slow.ts';
import { STALE_DOCUMENT } from './mechanisms/stale-document.ts';
import { STATUS } from './mechanisms/status.ts';
import { TRUNCATED_JSON } from './mechanisms/truncated-json.ts';
import { UNKNOWN_KEY_TYPE } from './mechanisms/unknown-key-type.ts';
import { USE_ENC } from './mechanisms/use-enc.ts';
import { WRONG_CONTENT_TYPE } from './mechanisms/wrong-content-type.ts';

/** One entry a file of `mechanisms/`; `name` is the id. */
export const FAULTS: readonly FaultAbout[] = [
  REFUSE,
  RESET,
  FLAP,
  HANG,
  SLOW,
  STATUS,
  HTML200,
  REDIRECT,
  EMPTY_BODY,
  TRUNCATED_JSON,
  WRONG_CONTENT_TYPE,
  DRIBBLE,
  CUT,
  EMPTY_OBJECT,
  EMPTY_KEYS,
  KEYS_MISSING,
  STALE_DOCUMENT,
  NO_KID,
  USE_ENC,
  SAME_KID_NEW_KEY,
  DUPLICATE_KID,
  UNKNOWN_KEY_TYPE,
  MALFORMED_KEY,
  ED25519_KEY,
  HUGE_SET,
];
