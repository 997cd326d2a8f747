/**
 * Alerts that probe something from outside and page a human. They fix nothing: they can bring the owner's own response
 * forward, if the right action is taken, and a response into a provider's outage makes it worse.
 */
import { cast, hostsOf, type NotApplicable, type Scenario } from '../../simulator/contract/index.ts';
import { idp } from '../idp/index.ts';
import { operator, probeAlert, type ProbeAlertOptions } from '../operator/index.ts';

/** Every minute, 3 failures in a row: a common black-box default (`for: 3m` at one scrape a minute). */
const PROBE = { periodMs: 60_000, failuresInRow: 3, method: 'GET' } as const;

interface Probe extends Pick<ProbeAlertOptions, 'alert' | 'aboutDependency' | 'actedAs'> {
  readonly path: string;
}

export function withProbe(scenario: Scenario, probe: Probe): Scenario | NotApplicable {
  const provider = hostsOf(scenario, idp)[0];
  if (provider === undefined) return { notApplicable: 'no identity provider or auth service here' };
  const people = hostsOf(scenario, operator)[0];
  if (people === undefined) return { notApplicable: 'nobody to page here' };
  const options: ProbeAlertOptions = {
    alert: probe.alert,
    target: { host: provider.name, method: PROBE.method, path: probe.path },
    periodMs: PROBE.periodMs,
    timeoutMs: 5_000,
    passes: ['200'],
    failuresInRow: PROBE.failuresInRow,
    aboutDependency: probe.aboutDependency,
    operator: people.name,
    actedAs: probe.actedAs,
  };
  return {
    ...scenario,
    cast: [...scenario.cast, cast({ name: probe.actedAs, pool: 'monitoring', role: probeAlert, options })],
  };
}
