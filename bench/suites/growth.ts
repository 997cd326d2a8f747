/** Whether cost grows as the load does: the same play with more people in it. Facts are fitted to the usual number, so none is judged. */
import { makeResult, type BenchResult } from '../document.ts';
import { runJob } from '../launch.ts';
import { runRounds, spreadOf } from '../rounds.ts';
import type { Sample } from '../sample.ts';
import { sameWork, timedFigures } from '../timed-figures.ts';
import type { Progress, SuiteOptions } from './suite.ts';

interface Ladder {
  readonly incident: string;
  readonly assumption: string;
  /** What stands for 1×. */
  readonly base: number;
  readonly factors: readonly number[];
}

const LADDERS: readonly Ladder[] = [
  { incident: 'napta-2025-12-19', assumption: 'users', base: 400, factors: [1, 10, 100] },
  { incident: 'cytracom-2021-03-16', assumption: 'scale', base: 1, factors: [1, 3, 10] },
];
const QUICK: readonly Ladder[] = [{ incident: 'napta-2025-12-19', assumption: 'users', base: 20, factors: [1, 2] }];

interface Rung extends Ladder {
  readonly id: string;
  readonly factor: number;
}

export async function growthSuite({ quick, seed }: SuiteOptions, progress: Progress): Promise<readonly BenchResult[]> {
  const rungs = (quick ? QUICK : LADDERS).flatMap((ladder) =>
    ladder.factors.map((factor): Rung => ({ ...ladder, factor, id: `growth-${ladder.incident}-x${factor}` })),
  );
  const entrants = rungs.map(({ id, incident, assumption, base, factor }) => {
    const assumptions = { [assumption]: base * factor };
    return { id, run: () => runJob({ kind: 'replay', seed, incident, assumptions }) };
  });
  const samples = await runRounds(entrants, quick ? 1 : 3, (id, round) => progress(`${id}, round ${round}`));
  return rungs.map((rung) => {
    const first = rungs.find(({ incident }) => incident === rung.incident)!;
    return rungResult(rung, samples.get(rung.id)!, samples.get(first.id)!);
  });
}

function rungResult(rung: Rung, samples: readonly Sample[], first: readonly Sample[]): BenchResult {
  const cpuMs = spreadOf(samples, (sample) => sample.cpuMs).median;
  const peakBytes = spreadOf(samples, ({ figures }) => figures['peakBytes']!).median;
  const cpuRatio = cpuMs / spreadOf(first, (sample) => sample.cpuMs).median;
  return makeResult({
    id: rung.id,
    suite: 'growth',
    sentence: `${rung.incident} with ${rung.assumption} = ${rung.base * rung.factor}; ratio to the CPU time of the first.`,
    ...timedFigures(samples),
    cpuSeconds: cpuMs / 1000,
    wallSeconds: spreadOf(samples, ({ wallMs }) => wallMs / 1000).median,
    peakMemoryBytes: peakBytes,
    ratio: cpuRatio,
    figures: {
      loadFactor: rung.factor,
      eventRatio: samples[0]!.eventCount / first[0]!.eventCount,
      cpuRatio,
      memoryRatio: peakBytes / spreadOf(first, ({ figures }) => figures['peakBytes']!).median,
      addedBytes: peakBytes - spreadOf(first, ({ figures }) => figures['peakBytes']!).median,
    },
    checks: [sameWork(samples)],
  });
}
