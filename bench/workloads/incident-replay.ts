/** A whole replay as somebody who types `replay` pays for it: a fresh process, nothing compiled yet, one seed. */
import { replay, type AssumptionValues } from '../../simulator/experiment/index.ts';
import { incidents } from '../../scenarios/index.ts';
import type { Sample } from '../sample.ts';
import { Stopwatch } from '../stopwatch.ts';

export async function replayIncident(id: string, seed: number, assumptions: AssumptionValues): Promise<Sample> {
  const incident = incidents.find((each) => each.id === id);
  if (incident === undefined) throw new Error(`There is no incident "${id}".`);
  const baseBytes = process.memoryUsage.rss();
  const stopwatch = new Stopwatch();
  stopwatch.start();
  const result = replay({ incident, seed, mitigations: [], assumptions });
  stopwatch.stop();
  const judged = result.facts.filter(({ scope }) => scope === 'run');
  return {
    ...(await stopwatch.read()),
    eventCount: result.eventCount,
    bytesPerClient: null,
    traceHash: result.traceHash,
    figures: {
      baseBytes,
      peakBytes: process.resourceUsage().maxRSS * 1024,
      factCount: judged.length,
      holdingFactCount: judged.filter(({ holds }) => holds === true).length,
    },
  };
}
