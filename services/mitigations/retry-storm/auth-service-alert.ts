/** Cytracom's alert: the own auth service is watched through its front door, like a client; a probe that hangs is a failure. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { withProbe } from '../probe.ts';

const ID = 'auth-service-alert';

export const authServiceAlert: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'monitoring',
  sentence: 'A probe through the front door of the auth service pages the team after 3 failures in a row.',
  source: 'Cytracom’s report (March 19 2021): “additional infrastructure alerting around our authentication services”.',
  hurtsWhen: 'The probe is one request a minute among many: while one in three gets through it is silent for long.',
  change: diff(
    '+  - alert: AuthServiceDoesNotAnswer',
    '+    expr: probe_success{target="auth-healthz"} == 0',
    '+    for: 3m',
  ),
  apply: (scenario) =>
    withProbe(scenario, {
      alert: 'auth service does not answer',
      path: '/healthz',
      aboutDependency: false,
      actedAs: ID,
    }),
};
