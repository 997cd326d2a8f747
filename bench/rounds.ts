/**
 * Runs several things in turn, several times round: what else the machine is doing then falls on all of them alike. Each
 * figure is the median of the rounds, with the least and the greatest.
 */
import { median } from '../simulator/experiment/index.ts';

export interface Entrant<T> {
  readonly id: string;
  readonly run: () => Promise<T>;
}

/** All samples by id, in the order of the rounds. */
export async function runRounds<T>(
  entrants: readonly Entrant<T>[],
  roundCount: number,
  onRun: (id: string, round: number) => void,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const samples = new Map<string, T[]>(entrants.map(({ id }) => [id, []]));
  for (let round = 1; round <= roundCount; round++) {
    for (const { id, run } of entrants) {
      onRun(id, round);
      samples.get(id)!.push(await run());
    }
  }
  return samples;
}

export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function spreadOf<T>(samples: readonly T[], figure: (sample: T) => number): Spread {
  const values = samples.map(figure);
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}
