/**
 * Synthetic users, one through the balancer and one around it. They do the same; where they stand decides whether they tell
 * in three minutes or in an hour and a half.
 */
import {
  cast,
  hostsOf,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { backend } from '../../backend/index.ts';
import { journeyProbe, type JourneyProbeOptions, type ProbeTargets } from '../../operator/index.ts';
import { router } from '../../router/index.ts';
import { diff } from '../diff.ts';
import { NO_BALANCER, NOBODY_TO_PAGE, onCall, tokenInstances, tokenPools } from './token-instances.ts';

const THROUGH = 'probe-through-balancer';
const AROUND = 'probe-per-instance';

/** Every minute, 3 failures in a row: a common black-box default (`for: 3m` at one probe a minute). */
const PROBE = { periodMs: 60_000, timeoutMs: 5_000, failuresInRow: 3, passes: ['2xx'] } as const;

export const probeThroughBalancer: Mitigation = {
  id: THROUGH,
  family: 'keys-missing-at-start',
  place: 'monitoring',
  sentence: 'A synthetic user signs in and asks through the balancer each minute; 3 failures in a row page the team.',
  source: 'Common black-box monitoring: a probe a minute, `for: 3m`.',
  hurtsWhen:
    'One of several instances is ill: with one of four it takes 84 minutes on average until three in a row meet it, and one good answer clears the alarm.',
  change: diff(
    '+  - alert: SignInJourneyFails',
    '+    expr: probe_success{job="journey", target="https://api.example"} == 0',
    '+    for: 3m',
  ),
  apply: (scenario) => probed(scenario, THROUGH),
};

export const probePerInstance: Mitigation = {
  id: AROUND,
  family: 'keys-missing-at-start',
  place: 'monitoring',
  sentence:
    'A synthetic user asks every instance by itself each minute; 3 failures in a row at one of them page the team.',
  source: 'The same probe, pointed at each instance: Prometheus’ blackbox exporter with service discovery.',
  hurtsWhen: 'Instances cannot be reached one by one, or are so many that the probes are a load of their own.',
  change: diff(
    '-    - targets: [https://api.example]',
    '+    kubernetes_sd_configs: [{ role: pod }]   # one probe for each instance',
  ),
  apply: (scenario) => probed(scenario, AROUND),
};

/** Whoever takes tokens is probed with one; else whoever has sessions, with a cookie. */
function probed(scenario: Scenario, id: typeof THROUGH | typeof AROUND): Scenario | NotApplicable {
  const operator = onCall(scenario);
  if (operator === undefined) return NOBODY_TO_PAGE;
  const provider = tokenInstances(scenario)[0]?.options.idp.host;
  const targets = targetsOf(scenario, provider === undefined ? cookiePools(scenario) : tokenPools(scenario), id);
  if (targets === undefined) return NO_BALANCER;
  const options: JourneyProbeOptions = {
    ...PROBE,
    alert: 'the sign-in journey fails',
    targets,
    signIn: provider === undefined ? { kind: 'cookie' } : { kind: 'token', idp: provider },
    path: provider === undefined ? '/app/page' : '/api/data',
    operator,
    actedAs: id,
  };
  return { ...scenario, cast: [...scenario.cast, cast({ name: id, pool: 'monitoring', role: journeyProbe, options })] };
}

function targetsOf(scenario: Scenario, pools: readonly string[], id: string): ProbeTargets | undefined {
  const balancers = hostsOf(scenario, router).filter(({ options }) => pools.includes(options.pool));
  if (balancers.length === 0) return undefined;
  if (id === THROUGH) return { edges: balancers.map(({ name }) => name) };
  return { pools: [...new Set(balancers.map(({ options }) => options.pool))] };
}

function cookiePools(scenario: Scenario): readonly string[] {
  const withSessions = hostsOf(scenario, backend).filter(({ options }) => options.session !== undefined);
  return [...new Set(withSessions.map(({ pool }) => pool))];
}
