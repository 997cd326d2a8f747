/** Where bearer tokens are verified, who stands in front of that, and who is called when it goes wrong. */
import {
  hostsOf,
  withRole,
  type HostSpec,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { backend, type BackendOptions, type VerifierProfile } from '../../backend/index.ts';
import { operator, orchestrator } from '../../operator/index.ts';
import { router, type RouterOptions } from '../../router/index.ts';

export const NO_TOKENS: NotApplicable = { notApplicable: 'no bearer tokens are verified here' };
export const NO_BOOT_FETCH: NotApplicable = { notApplicable: 'no instance fetches verification keys at boot' };
export const NO_BALANCER: NotApplicable = { notApplicable: 'no balancer here' };
export const NOBODY_TO_PAGE: NotApplicable = { notApplicable: 'nobody to page here' };
export const NOTHING_RESTARTS: NotApplicable = { notApplicable: 'nothing restarts crashed instances here' };

/** Instances that verify bearer tokens, in order of the cast. */
export function tokenInstances(scenario: Scenario): readonly HostSpec<BackendOptions>[] {
  return hostsOf(scenario, backend).filter(({ options }) => options.verifier !== undefined);
}

/** Their pools, each once. */
export function tokenPools(scenario: Scenario): readonly string[] {
  return [...new Set(tokenInstances(scenario).map(({ pool }) => pool))];
}

/** Balancers in front of them. */
export function tokenRouters(scenario: Scenario): readonly HostSpec<RouterOptions>[] {
  const pools = tokenPools(scenario);
  return hostsOf(scenario, router).filter(({ options }) => pools.includes(options.pool));
}

/** Host name of the people who are paged. */
export function onCall(scenario: Scenario): string | undefined {
  return hostsOf(scenario, operator)[0]?.name;
}

/** The scenario with changed options of the balancers in front of token instances. */
export function withTokenRouters(scenario: Scenario, change: (options: RouterOptions) => RouterOptions): Scenario {
  const pools = tokenPools(scenario);
  return withRole(scenario, router, (options) => (pools.includes(options.pool) ? change(options) : options));
}

/** The scenario with changed profiles of all verifiers; those given back as they were stay as they are. */
export function withVerifier(scenario: Scenario, change: (profile: VerifierProfile) => VerifierProfile): Scenario {
  return withRole(scenario, backend, (options) => {
    if (options.verifier === undefined) return options;
    const verifier = change(options.verifier);
    return verifier === options.verifier ? options : { ...options, verifier };
  });
}

/** Has crashed instances of these pools started again; undefined where nothing could. */
export function supervised(scenario: Scenario, pools: readonly string[]): Scenario | undefined {
  if (hostsOf(scenario, orchestrator).length === 0) return undefined;
  return withRole(scenario, orchestrator, (options) => {
    return { ...options, supervised: [...new Set([...options.supervised, ...pools])] };
  });
}
