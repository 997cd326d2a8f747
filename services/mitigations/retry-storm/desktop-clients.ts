/** The desktop clients of a play, which retry by themselves. */
import { hostsOf, withRole, type NotApplicable, type Scenario } from '../../../simulator/contract/index.ts';
import { desktopFleet, type FleetOptions } from '../../clients/desktop-fleet.ts';
import { retryOptionsOf } from '../../clients/retry-presets/index.ts';
import type { RetryOptions } from '../../clients/retry/index.ts';
import { signInUsers } from '../../clients/sign-in-users.ts';

const NONE: NotApplicable = { notApplicable: 'no client here that retries by itself' };
const NONE_OLD: NotApplicable = { notApplicable: 'no old client version here' };

export function withFleet(
  scenario: Scenario,
  change: (options: FleetOptions) => FleetOptions,
): Scenario | NotApplicable {
  return hostsOf(scenario, desktopFleet).length === 0 ? NONE : withRole(scenario, desktopFleet, change);
}

/** The same where somebody has the old version. */
export function withOldClients(
  scenario: Scenario,
  change: (options: FleetOptions) => FleetOptions,
): Scenario | NotApplicable {
  return oldRatioOf(scenario) === 0 ? NONE_OLD : withFleet(scenario, change);
}

/** @param parts what to lay over the retry policy that is there */
export function withRetry(
  scenario: Scenario,
  parts: (options: FleetOptions) => Partial<RetryOptions>,
): Scenario | NotApplicable {
  return withFleet(scenario, (options) => {
    const retry = options.retry === undefined ? {} : retryOptionsOf(options.retry);
    return { ...options, retry: { ...retry, ...parts(options) } };
  });
}

/** How long somebody takes to update a desktop client when told to: median, ours. */
const UPDATE_MEDIAN_MS = 600_000;

/**
 * Clients tell their version, and so do those of the people who sign in: as many of them have the old one as of the fleet.
 * Where nobody has it there is nothing to tell apart.
 */
export function withVersionsTold(scenario: Scenario): Scenario | NotApplicable {
  const oldRatio = oldRatioOf(scenario);
  if (oldRatio === 0) return NONE_OLD;
  const versions = { oldRatio, updateMedianMs: UPDATE_MEDIAN_MS };
  return withRole(scenario, signInUsers, (options) => ({ ...options, versions }));
}

/** Share of the fleet that has the old version; 0 without a fleet. */
function oldRatioOf(scenario: Scenario): number {
  const clients = hostsOf(scenario, desktopFleet).flatMap(({ options }) => options.clients);
  const oldCount = clients.filter(({ version }) => version === 'old').length;
  return oldCount === 0 ? 0 : oldCount / clients.length;
}
