/** What the kernel's workloads measured, with what must be true of it, and beside what was aimed at. */
import { makeResult, type BenchResult, type Check, type Target } from '../document.ts';
import { spreadOf } from '../rounds.ts';
import type { Sample } from '../sample.ts';
import { sameWork, timedFigures } from '../timed-figures.ts';
import { theoreticalWaitSeconds } from '../workloads/m-m-8.ts';

const EVENTS_PER_SECOND_AIM = 2_300_000;
const IDLE_BYTES_AIM = 360;
const GC_SHARE_AIM = 0.1;

export function mm8Result(samples: readonly Sample[]): BenchResult {
  const { customerCount, waitSeconds, waitLowSeconds, waitHighSeconds } = samples[0]!.figures;
  const times = timedFigures(samples);
  const theory = theoreticalWaitSeconds();
  const interval = `${waitLowSeconds!.toFixed(3)} to ${waitHighSeconds!.toFixed(3)} s`;
  const wait: Check = {
    sentence: `mean wait ${waitSeconds!.toFixed(4)} s; Erlang C's ${theory.toFixed(5)} s lies in its interval, ${interval}`,
    holds: waitLowSeconds! <= theory && theory <= waitHighSeconds!,
  };
  return makeResult({
    id: 'w1-m-m-8',
    suite: 'kernel',
    sentence: 'W1: the queue M/M/8 at 7.2 customers a second, one process for each customer.',
    ...times,
    nsPerCustomer: (times.nsPerEvent! * times.eventCount!) / customerCount!,
    checks: [wait, sameWork(samples)],
  });
}

export function closedLoopResult(samples: readonly Sample[]): BenchResult {
  const times = timedFigures(samples);
  return makeResult({
    id: 'w2-closed-loop',
    suite: 'kernel',
    sentence: 'W2: a closed loop of clients, router, 8 instances and an identity provider that browns out.',
    ...times,
    bytesPerClient: spreadOf(samples, ({ bytesPerClient }) => bytesPerClient!).median,
    checks: [...countsAddUp(samples[0]!.figures), sameWork(samples)],
    targets: [
      atLeast('eventsPerSecond', times.eventsPerSecond!, EVENTS_PER_SECOND_AIM),
      atMost('gcShare', times.gcShare!, GC_SHARE_AIM),
    ],
  });
}

/** What is under way when the run ends makes up the differences: never less than nothing, never more than all clients. */
function countsAddUp(figures: Readonly<Record<string, number>>): readonly Check[] {
  const { clientCount, begun, ok, failed, attempts, failedAttempts, retries, providerTimeouts } = figures;
  const underWay = (sentence: string, count: number): Check => {
    return { sentence: `${sentence}, ${count} under way`, holds: count >= 0 && count <= clientCount! };
  };
  return [
    underWay(`${begun} requests = ${ok} answered + ${failed} given up`, begun! - ok! - failed!),
    underWay(`${attempts} attempts = ${ok} good + ${failedAttempts} bad`, attempts! - ok! - failedAttempts!),
    underWay(`${failedAttempts} bad = ${retries} retried + ${failed} given up`, failedAttempts! - retries! - failed!),
    underWay(`${providerTimeouts} time-outs = ${failedAttempts} bad attempts`, providerTimeouts! - failedAttempts!),
  ];
}

export function idleResult(samples: readonly Sample[]): BenchResult {
  const bytes = spreadOf(samples, ({ bytesPerClient }) => bytesPerClient!);
  const clientCount = samples[0]!.figures['clientCount']!;
  return makeResult({
    id: 'idle-client',
    suite: 'kernel',
    sentence: `${clientCount} clients that sleep: heap and typed arrays after a forced collection, for each of them.`,
    runCount: samples.length,
    bytesPerClient: bytes.median,
    figures: { clientCount, lowBytes: bytes.low, highBytes: bytes.high },
    targets: [atMost('bytesPerClient', bytes.median, IDLE_BYTES_AIM)],
  });
}

function atLeast(member: string, measured: number, aim: number): Target {
  return { sentence: `${member} at least ${aim}`, met: measured >= aim };
}

function atMost(member: string, measured: number, aim: number): Target {
  return { sentence: `${member} at most ${aim}`, met: measured <= aim };
}
