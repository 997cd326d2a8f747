/** Every mitigation that can be scored: first what the owners of the three incidents did or planned, family by family. */
import type { Mitigation } from '../../simulator/contract/index.ts';
import { automaticRetryBackOff, automaticRetryFixed } from './automatic-retry.ts';
import { cycleInstances } from './cycle-instances.ts';
import { earlyRevocationAlert } from './early-revocation-alert.ts';
import { fixedClient } from './fixed-client.ts';
import { perClientRateLimit } from './per-client-rate-limit.ts';
import { authServiceAlert, idpMonitoringAlert } from './probe-alerts.ts';
import { sharedCookieKey } from './shared-cookie-key.ts';

export const mitigations: readonly Mitigation[] = [
  // keys missing at start
  automaticRetryFixed,
  automaticRetryBackOff,
  idpMonitoringAlert,
  // retry storm
  perClientRateLimit,
  fixedClient,
  authServiceAlert,
  // host-bound cookie
  sharedCookieKey,
  earlyRevocationAlert,
  cycleInstances,
];
