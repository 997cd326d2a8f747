/** Against instances that never got their keys: what the owner did or planned first, then what else is common. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { automaticRetryBackOff, automaticRetryFixed } from './automatic-retry.ts';
import { idpMonitoringAlert } from './idp-monitoring-alert.ts';

export const keysAtStart: readonly Mitigation[] = [automaticRetryFixed, automaticRetryBackOff, idpMonitoringAlert];
