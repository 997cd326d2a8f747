/** A new session key in a running system: deploy by deploy, with the ring that each of them brings. */
import { withRole, type NotApplicable, type Scenario } from '../../../simulator/contract/index.ts';
import type { RotationPhase } from '../../backend/index.ts';
import { orchestrator, type DatedActions } from '../../operator/index.ts';
import { deployedToAll, deployOf, type Deploy } from '../roll-out.ts';
import { sessionInstances } from './session-instances.ts';
import { objection, sharedPools, withSessions } from './shared-sessions.ts';

const NEW_SECRET = 'key that no host has a part in';

/** The play with a key that does not depend on the host, brought in by these phases. */
export function rotated(
  scenario: Scenario,
  actedAs: string,
  phases: readonly RotationPhase[],
): Scenario | NotApplicable {
  const rotation = { secret: NEW_SECRET, phases, actedAs };
  return objection(scenario) ?? withSessions(scenario, (session) => ({ ...session, rotation }));
}

/**
 * One ring after another: the first with the deploy of the day, each further one with a deploy like it to all pools
 * concerned, when the one before is everywhere; a ring without the old key waits until no session of that is left. What
 * does not fit into the day is left for another.
 */
export function rolledOut(
  scenario: Scenario,
  actedAs: string,
  rings: readonly RotationPhase['ring'][],
): Scenario | NotApplicable {
  const refusal = objection(scenario);
  if (refusal !== undefined) return refusal;
  const deploy = deployOf(scenario);
  if (deploy === undefined) return { notApplicable: 'nothing is deployed on this day' };
  const { spanMs, lifetimeMs } = durations(scenario, deploy);
  const phases: RotationPhase[] = [];
  let fromMs = deploy.atMs;
  for (const ring of rings) {
    if (phases.length > 0) fromMs += spanMs + (ring.includes('old') ? 0 : lifetimeMs);
    if (fromMs + spanMs > scenario.endMs) break;
    phases.push({ fromMs, ring });
  }
  const pools = sharedPools(scenario);
  const further = phases.slice(1).flatMap((phase) => deploysAt(phase.fromMs, deploy, pools));
  const deployed = withRole(deployedToAll(scenario, deploy, pools), orchestrator, (options) => ({
    ...options,
    events: [...options.events, ...further],
  }));
  return rotated(deployed, actedAs, phases);
}

/** When a deploy to all pools concerned is surely everywhere. */
export function everywhereMs(scenario: Scenario, deploy: Deploy): number {
  return deploy.atMs + durations(scenario, deploy).spanMs;
}

/** How long a deploy takes until its last process is up, half as much again; how long a session lives at most. */
function durations(scenario: Scenario, { restart }: Deploy): { readonly spanMs: number; readonly lifetimeMs: number } {
  const instances = sessionInstances(scenario);
  const sizes = sharedPools(scenario).map((name) => instances.filter(({ pool }) => pool === name).length);
  const bootMs = Math.max(...instances.map(({ options }) => options.bootMs));
  return {
    spanMs: 1.5 * (Math.max(...sizes) * restart.everyMs + restart.graceMs + bootMs),
    lifetimeMs: Math.max(...instances.map(({ options }) => options.session!.lifetimeMs)),
  };
}

function deploysAt(atMs: number, { restart }: Deploy, pools: readonly string[]): readonly DatedActions[] {
  return pools.map((pool) => ({ atMs, label: `further deploy to ${pool}`, actions: [{ ...restart, pool }] }));
}
