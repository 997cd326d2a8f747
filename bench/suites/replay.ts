/** What a whole replay costs, for each incident. */
import { incidents } from '../../scenarios/index.ts';
import { makeResult, type BenchResult } from '../document.ts';
import { runJob } from '../launch.ts';
import { runRounds, spreadOf } from '../rounds.ts';
import type { Sample } from '../sample.ts';
import { sameWork, timedFigures } from '../timed-figures.ts';
import type { Progress, SuiteOptions } from './suite.ts';

export async function replaySuite({ quick, seed }: SuiteOptions, progress: Progress): Promise<readonly BenchResult[]> {
  const entrants = incidents.slice(0, quick ? 1 : undefined).map(({ id }) => {
    return { id, run: () => runJob({ kind: 'replay', seed, incident: id, assumptions: {} }) };
  });
  const samples = await runRounds(entrants, quick ? 1 : 3, (id, round) => progress(`${id}, round ${round}`));
  return entrants.map(({ id }) => replayResult(id, samples.get(id)!));
}

function replayResult(id: string, samples: readonly Sample[]): BenchResult {
  const { factCount, holdingFactCount } = samples[0]!.figures;
  return makeResult({
    id: `replay-${id}`,
    suite: 'replay',
    sentence: `${id}: a whole replay of one seed in a fresh process, facts and digest included.`,
    ...timedFigures(samples),
    cpuSeconds: spreadOf(samples, ({ cpuMs }) => cpuMs / 1000).median,
    wallSeconds: spreadOf(samples, ({ wallMs }) => wallMs / 1000).median,
    peakMemoryBytes: spreadOf(samples, ({ figures }) => figures['peakBytes']!).median,
    checks: [
      { sentence: `${holdingFactCount} of ${factCount} facts hold`, holds: holdingFactCount === factCount },
      sameWork(samples),
    ],
  });
}
