/** The good day of a published incident in the words of a scenario file, as far as the format has them. */
import type { Scenario } from '../../../simulator/contract/index.ts';
import { idp, type IdpOptions, type KeyPlan, type Rotation } from '../../../services/idp/index.ts';
import { orchestrator, type OrchestratorOptions } from '../../../services/operator/index.ts';
import type { CheckedScenario } from '../schema/scenario.ts';
import { faultsOf, stepOf } from './operations.ts';

export function goodDayOf(
  day: Scenario,
  play: Scenario,
  machines: readonly string[],
): NonNullable<CheckedScenario['goodDay']> {
  const platform = day.cast.find(({ role }) => (role as unknown) === orchestrator)?.options as
    OrchestratorOptions | undefined;
  // Machines that only this day has are not in the file: what is done to them is left out.
  const known = (platform?.events ?? []).filter(({ actions }) => {
    return actions.every((action) => action.kind !== 'start' || machines.includes(action.instance));
  });
  return {
    lastsMs: day.endMs,
    events: known.map((event) => stepOf(event, machines)),
    faults: faultsOf(day.faults) ?? {},
    rotations: rotationsOf(day, play),
  };
}

function rotationsOf(day: Scenario, play: Scenario): Record<string, Rotation> {
  const keysIn = (scenario: Scenario, name: string): readonly KeyPlan[] => {
    const host = scenario.cast.find((each) => each.name === name && (each.role as unknown) === idp);
    return (host?.options as IdpOptions | undefined)?.keys ?? [];
  };
  const idps = day.cast.filter(({ role }) => (role as unknown) === idp).map(({ name }) => name);
  const entries = idps.flatMap((name): readonly (readonly [string, Rotation])[] => {
    const keys = keysIn(day, name);
    const next = keys.at(-1);
    const before = keys.at(-2);
    if (next === undefined || before?.removedAtMs === undefined || keys.length !== keysIn(play, name).length + 1)
      return [];
    const atMs = next.signsFromMs;
    const publishAheadMs = atMs - next.publishedAtMs;
    return [[name, { kid: next.kid, atMs, publishAheadMs, retainMs: before.removedAtMs - atMs }]];
  });
  return Object.fromEntries(entries);
}
