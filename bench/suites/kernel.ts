/** What an event costs: the queue alone, two workloads on it, an idle client, and SimPy on the first of them. */
import { makeResult, type BenchResult } from '../document.ts';
import type { Job } from '../job.ts';
import { runJob } from '../launch.ts';
import { runRounds, spreadOf } from '../rounds.ts';
import type { Sample } from '../sample.ts';
import { findPython } from '../simpy.ts';
import { sameWork, timedFigures } from '../timed-figures.ts';
import type { Progress, SuiteOptions } from './suite.ts';
import { closedLoopResult, idleResult, mm8Result } from './kernel-results.ts';
import { simpyEntrant, simpyResult, type SimpyRun } from './simpy-comparison.ts';

const QUEUES = [
  { structure: 'heap', pendingCount: 100 },
  { structure: 'wheel', pendingCount: 100 },
  { structure: 'heap', pendingCount: 10_000 },
  { structure: 'wheel', pendingCount: 10_000 },
  { structure: 'heap', pendingCount: 100_000 },
  { structure: 'wheel', pendingCount: 100_000 },
] as const;

export async function kernelSuite({ quick, seed }: SuiteOptions, progress: Progress): Promise<readonly BenchResult[]> {
  const jobs: Readonly<Record<string, Job>> = {
    'w1-m-m-8': { kind: 'm-m-8', seed, warmUpCount: quick ? 2_000 : 50_000, customerCount: quick ? 20_000 : 1_000_000 },
    'w2-closed-loop': {
      kind: 'closed-loop',
      seed,
      clientCount: quick ? 2_000 : 10_000,
      warmUpMs: quick ? 5_000 : 60_000,
      measuredMs: quick ? 60_000 : 300_000,
    },
    'idle-client': { kind: 'idle-clients', seed, clientCount: quick ? 5_000 : 100_000 },
    ...queueJobs(seed, quick),
  };
  const python = await findPython();
  const own = Object.entries(jobs).map(([id, job]) => ({ id, run: (): Promise<Sample | SimpyRun> => runJob(job) }));
  const entrants = python === undefined ? own : [...own, simpyEntrant(python, quick ? 5_000 : 200_000, seed)];
  const samples = await runRounds(entrants, quick ? 1 : 3, (id, round) => progress(`${id}, round ${round}`));
  const of = (id: string): readonly Sample[] => samples.get(id) as readonly Sample[];
  const first = mm8Result(of('w1-m-m-8'));
  return [
    first,
    closedLoopResult(of('w2-closed-loop')),
    idleResult(of('idle-client')),
    ...Object.keys(queueJobs(seed, quick)).map((id) => queueResult(id, of(id))),
    simpyResult(samples.get('simpy-w1') as readonly SimpyRun[] | undefined, first),
  ];
}

function queueJobs(seed: number, quick: boolean): Readonly<Record<string, Job>> {
  const holdCount = quick ? 20_000 : 2_000_000;
  return Object.fromEntries(
    QUEUES.filter(({ pendingCount }) => !quick || pendingCount < 1_000).map(({ structure, pendingCount }) => {
      return [`queue-${structure}-${pendingCount}`, { kind: 'hold-model', seed, structure, pendingCount, holdCount }];
    }),
  );
}

function queueResult(id: string, samples: readonly Sample[]): BenchResult {
  const pendingCount = spreadOf(samples, ({ figures }) => figures['pendingCount']!).median;
  const structure = id.includes('heap') ? 'The heap' : 'The timing wheel';
  return makeResult({
    id,
    suite: 'kernel',
    sentence: `${structure} alone, ${pendingCount} pending: take one event, schedule another (hold model).`,
    ...timedFigures(samples),
    checks: [sameWork(samples)],
  });
}
