/** Against instances that never got their keys: what the owner did or planned first, then what else is common. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { automaticRetryBackOff, automaticRetryFixed } from './automatic-retry.ts';
import { crashAndRestart } from './crash-and-restart.ts';
import { idpMonitoringAlert } from './idp-monitoring-alert.ts';
import { probePerInstance, probeThroughBalancer } from './journey-probes.ts';
import { keylessStartLogAlert } from './keyless-start-log-alert.ts';
import { lastGoodKeysInImage } from './last-good-keys-in-image.ts';
import { lastKnownGoodDisk } from './last-known-good-disk.ts';
import { lazyFetch } from './lazy-fetch.ts';
import { readinessGate } from './readiness-gate.ts';
import { refreshAhead } from './refresh-ahead.ts';
import { routerDrainAlert } from './router-drain-alert.ts';
import { routerEjectSkew } from './router-eject-skew.ts';
import { routerRetry401 } from './router-retry-401.ts';
import { sharedKeyCache } from './shared-key-cache.ts';
import { skewAlert401 } from './skew-alert-401.ts';
import { staleIfError } from './stale-if-error.ts';
import { startupSelfTest } from './startup-self-test.ts';
import { unavailable503 } from './unavailable-503.ts';
import { userReportAlert } from './user-report-alert.ts';
import { valid401Alert } from './valid-401-alert.ts';

export const keysAtStart: readonly Mitigation[] = [
  automaticRetryFixed,
  automaticRetryBackOff,
  idpMonitoringAlert,
  lazyFetch,
  readinessGate,
  crashAndRestart,
  refreshAhead,
  staleIfError,
  lastKnownGoodDisk,
  lastGoodKeysInImage,
  sharedKeyCache,
  unavailable503,
  startupSelfTest,
  routerEjectSkew,
  routerRetry401,
  routerDrainAlert,
  skewAlert401,
  valid401Alert,
  keylessStartLogAlert,
  probeThroughBalancer,
  probePerInstance,
  userReportAlert,
];
