/** How a change reaches processes that are running: with the deploy of the day, which then goes to everybody concerned. */
import { hostsOf, withRole, type Scenario } from '../../simulator/contract/index.ts';
import { orchestrator, type DatedActions, type RestartAction } from '../operator/index.ts';

/** By this label a play names its deploy. */
const DEPLOY = 'deploy';

export interface Deploy {
  readonly atMs: number;
  readonly restart: RestartAction;
}

/** The first deploy of a play; undefined where nothing is deployed. */
export function deployOf(scenario: Scenario): Deploy | undefined {
  for (const { options } of hostsOf(scenario, orchestrator)) {
    for (const { label, atMs, actions } of options.events) {
      const restart = actions.find((action) => action.kind === 'restart');
      if (label === DEPLOY && restart !== undefined) return { atMs, restart };
    }
  }
  return undefined;
}

/** The same deploy at the same moment in all these pools, each at its own pace. */
export function deployedToAll(scenario: Scenario, { atMs, restart }: Deploy, pools: readonly string[]): Scenario {
  const further = pools
    .filter((pool) => pool !== restart.pool)
    .map((pool): DatedActions => ({ atMs, label: `deploy to ${pool}`, actions: [{ ...restart, pool }] }));
  return withRole(scenario, orchestrator, (options) => ({ ...options, events: [...options.events, ...further] }));
}
