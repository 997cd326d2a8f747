/** Against sessions that only some instances open: what the owner did or planned first, then what else is common. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { cycleInstances } from './cycle-instances.ts';
import { earlyRevocationAlert } from './early-revocation-alert.ts';
import { freezeAutoscaling } from './freeze-autoscaling.ts';
import { keyRingOnePhase, keyRingTwoPhase } from './key-ring.ts';
import { nonDestructiveRejection } from './non-destructive-rejection.ts';
import { serverSideSessions } from './server-side-sessions.ts';
import { sharedCookieKey } from './shared-cookie-key.ts';
import { signInsPerUserAlert } from './sign-ins-per-user-alert.ts';
import { silentReauthentication } from './silent-reauthentication.ts';
import { statelessJwtSession } from './stateless-jwt-session.ts';
import { stickySessions } from './sticky-sessions.ts';

export const hostBoundCookie: readonly Mitigation[] = [
  sharedCookieKey,
  earlyRevocationAlert,
  cycleInstances,
  keyRingTwoPhase,
  keyRingOnePhase,
  serverSideSessions,
  statelessJwtSession,
  stickySessions,
  silentReauthentication,
  nonDestructiveRejection,
  freezeAutoscaling,
  signInsPerUserAlert,
];
