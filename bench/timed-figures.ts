/** From the samples of one workload to the members of its result that speak of time. */
import type { BenchResult, Check } from './document.ts';
import { spreadOf } from './rounds.ts';
import type { Sample } from './sample.ts';

type TimeMembers = Pick<
  BenchResult,
  | 'runCount'
  | 'eventCount'
  | 'eventsPerSecond'
  | 'nsPerEvent'
  | 'nsPerEventSpread'
  | 'wallNsPerEvent'
  | 'gcShare'
  | 'figures'
>;

/** @param samples one or more, of the same work */
export function timedFigures(samples: readonly Sample[]): TimeMembers {
  const { eventCount, figures } = samples[0]!;
  const cpu = spreadOf(samples, ({ cpuMs }) => (cpuMs * 1e6) / eventCount);
  return {
    runCount: samples.length,
    eventCount,
    eventsPerSecond: 1e9 / cpu.median,
    nsPerEvent: cpu.median,
    nsPerEventSpread: [cpu.low, cpu.high],
    wallNsPerEvent: spreadOf(samples, ({ wallMs }) => (wallMs * 1e6) / eventCount).median,
    gcShare: spreadOf(samples, ({ gcMs, wallMs }) => gcMs / wallMs).median,
    figures,
  };
}

/** Times can only be compared when the work was the same: the trace hash covers every event of a run. */
export function sameWork(samples: readonly Sample[]): Check {
  const hashes = new Set(samples.map(({ traceHash, eventCount }) => `${traceHash}/${eventCount}`));
  return { sentence: `all ${samples.length} runs fired the same events in the same order`, holds: hashes.size === 1 };
}
