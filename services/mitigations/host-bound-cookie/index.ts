/** Against sessions that only some instances open: what the owner did or planned first, then what else is common. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { cycleInstances } from './cycle-instances.ts';
import { earlyRevocationAlert } from './early-revocation-alert.ts';
import { sharedCookieKey } from './shared-cookie-key.ts';

export const hostBoundCookie: readonly Mitigation[] = [sharedCookieKey, earlyRevocationAlert, cycleInstances];
