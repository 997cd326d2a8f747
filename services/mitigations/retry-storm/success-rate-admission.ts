/** A proxy that refuses some while too many fail. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { envoyAdmissionControl } from '../../admission/index.ts';
import { diff } from '../diff.ts';
import { hasAuthService, NO_AUTH_SERVICE, withGuard } from './auth-door.ts';

const ID = 'success-rate-admission';

export const successRateAdmission: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'edge',
  sentence: 'A proxy refuses requests with a growing chance, up to 80 %, while fewer than 95 % of them succeed.',
  source:
    'Envoy, admission control filter, defaults of admission_control.proto (30 s, 95 %, aggression 1, at most 80 %).',
  hurtsWhen:
    'Any status below 500 is a success, so a storm of 400s is invisible, and so is what the accept queue drops.',
  change: diff(
    '+  - name: envoy.filters.http.admission_control',
    '+    sampling_window: 30s',
    '+    sr_threshold: { default_value: { value: 95 } }',
  ),
  apply: (scenario) =>
    hasAuthService(scenario) ? withGuard(scenario, { ...envoyAdmissionControl, actedAs: ID }) : NO_AUTH_SERVICE,
};
