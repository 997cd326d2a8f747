/** Napta's monitoring: the provider is watched where instances need it, at its discovery document. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { withProbe } from '../probe.ts';

const ID = 'idp-monitoring-alert';

export const idpMonitoringAlert: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'monitoring',
  sentence: 'A probe of the identity provider’s discovery document pages the team after 3 failures in a row.',
  source: 'Napta’s action plan (December 23 2025): “specific monitoring to detect authentication provider outages”.',
  hurtsWhen: 'Whoever is paged restarts at once, into the outage: the new processes start without keys, too.',
  change: diff(
    '+  - alert: IdentityProviderUnreachable',
    '+    expr: probe_success{target="idp-discovery"} == 0',
    '+    for: 3m',
  ),
  apply: (scenario) =>
    withProbe(scenario, {
      alert: 'identity provider unreachable',
      path: '/.well-known/openid-configuration',
      aboutDependency: true,
      actedAs: ID,
    }),
};
