/** W1 in SimPy beside ours: the ratio means something on any machine, the times only on the one they were taken on. */
import { makeResult, type BenchResult } from '../document.ts';
import type { Entrant } from '../rounds.ts';
import { spreadOf } from '../rounds.ts';
import { NOT_INSTALLED, runSimpy, type SimpySample } from '../simpy.ts';

const RATIO_AIM = 20;
const EVENTS_PER_CUSTOMER = 2;

export type SimpyRun = SimpySample;

export function simpyEntrant(python: string, customerCount: number, seed: number): Entrant<SimpyRun> {
  return { id: 'simpy-w1', run: () => runSimpy(python, customerCount, seed) };
}

/** @param own the result of W1 in this kernel */
export function simpyResult(runs: readonly SimpyRun[] | undefined, own: BenchResult): BenchResult {
  const id = 'simpy-w1';
  const suite = 'kernel' as const;
  if (runs === undefined) {
    const sentence = 'W1 in SimPy, and how many times our CPU time it takes for a customer.';
    return makeResult({ id, suite, sentence, status: 'not-installed', note: NOT_INSTALLED });
  }
  const { simpyVersion, pythonImplementation, pythonVersion, customerCount, waitSeconds } = runs[0]!;
  const cpu = spreadOf(runs, ({ cpuMs }) => (cpuMs * 1e6) / customerCount);
  const ratio = cpu.median / own.nsPerCustomer!;
  return makeResult({
    id,
    suite,
    sentence: `W1 in SimPy ${simpyVersion} on ${pythonImplementation} ${pythonVersion}; ratio to the CPU time of ours for a customer.`,
    runCount: runs.length,
    nsPerEvent: cpu.median / EVENTS_PER_CUSTOMER,
    nsPerEventSpread: [cpu.low / EVENTS_PER_CUSTOMER, cpu.high / EVENTS_PER_CUSTOMER],
    eventsPerSecond: (1e9 * EVENTS_PER_CUSTOMER) / cpu.median,
    eventCount: customerCount * EVENTS_PER_CUSTOMER,
    nsPerCustomer: cpu.median,
    ratio,
    figures: { customerCount, waitSeconds },
    targets: [{ sentence: `ratio at least ${RATIO_AIM}`, met: ratio >= RATIO_AIM }],
  });
}
