/** The play of a scenario file: its whole cast, its faults, its windows. */
import type { HostSpec, Scenario, Window } from '../../../simulator/contract/index.ts';
import { faultSpec } from './faults.ts';
import { alerts } from './alerts.ts';
import { attackers, people, platform } from './operations.ts';
import { crowds } from './people.ts';
import { machines } from './services.ts';
import type { Stage } from './stage.ts';

/** One data centre with its users across the internet: plausible, ours. */
export const DEFAULT_NETWORK: Scenario['links'] = {
  default: { baseMs: 0.5, jitterMeanMs: 0.5 },
  'wan>lan': { baseMs: 15, jitterMeanMs: 10 },
  'lan>wan': { baseMs: 5, jitterMeanMs: 3 },
  'wan>wan': { baseMs: 20, jitterMeanMs: 10 },
};

/** The play up to `endMs`, then the later stretches that the file watches. */
export function play(stage: Stage, endMs: number, respondsTo: 'published' | 'reports'): Scenario {
  const { document } = stage;
  const windows: readonly Window[] = [{ fromMs: 0, untilMs: endMs }, ...(document.clock.again ?? [])];
  const faults = Object.entries(document.faults ?? {}).map(([id, fault]) => faultSpec(id, fault));
  const organisation = [platform(stage, document.events ?? []), people(stage, respondsTo, true), ...alerts(stage)];
  return {
    id: document.id,
    cast: wholeCast(stage, organisation, windows),
    faults,
    links: document.network ?? DEFAULT_NETWORK,
    windows,
    endMs: windows.at(-1)!.untilMs,
  };
}

export function wholeCast(
  stage: Stage,
  organisation: readonly HostSpec[],
  windows: readonly Window[],
): Scenario['cast'] {
  return [...machines(stage), ...organisation, ...crowds(stage, windows), attackers(stage)];
}
