/** Reads from one run what its figures are drawn from. */
import type { Mitigation } from '../contract/index.ts';
import type { AssumptionValues, Incident } from './incident.ts';
import { binnedPlay, binOfMinutes } from './picture-bins.ts';
import { laneMarks } from './picture-marks.ts';
import type { InstanceRow, RunPicture } from './picture.ts';
import type { RecordView } from './record-view.ts';
import { SCHEMA_VERSION } from './result.ts';
import { runTrial } from './trial.ts';
import { clockOf } from './wall-clock.ts';

export interface PictureInput {
  readonly incident: Incident;
  readonly seed: number;
  readonly mitigations: readonly Mitigation[];
  readonly assumptions: AssumptionValues;
}

/** Runs the historical timetable once. @throws SimulatorError as `runTrial` does */
export function pictureOf(input: PictureInput): RunPicture {
  const { incident, seed, mitigations } = input;
  const { scenario, view, values } = runTrial({ ...input, timetable: 'historical' });
  const { clock, populations, authLoad } = incident;
  const binned = binnedPlay(scenario.windows, clock, scenario.endMs);
  const counting: Counting = {
    view,
    populations,
    owners: binOfMinutes(binned.bins, scenario.endMs),
    count: binned.bins.length,
  };
  const write = clockOf(clock, scenario.endMs);
  const publishedEndMs = clock.t0Ms + incident.publishedDurationMs;
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'picture',
    scenario: incident.id,
    seed,
    mitigations: mitigations.map(({ id }) => id),
    traceHash: view.record.traceHash,
    clock,
    t0Ms: clock.t0Ms,
    t0: write(clock.t0Ms),
    publishedEndMs,
    publishedEnd: write(publishedEndMs),
    ...binned,
    intentions: ofUsers(counting, 'user.intentions'),
    failedIntentions: ofUsers(counting, 'user.intentions-failed'),
    disruptedUsers: disruptedUsers(counting),
    authLoad: {
      requests: inBins(counting, view.byMinute(authLoad.counter)),
      capacityPerSecond: authLoad.capacityPerSecond(values),
    },
    instances: instanceRows(counting),
    marks: laneMarks(view.record.notes, binned.binMinutes, (atMs) => write(atMs)),
  };
}

interface Counting {
  readonly view: RecordView;
  readonly populations: readonly string[];
  /** Bin of each minute. */
  readonly owners: readonly number[];
  /** Of bins. */
  readonly count: number;
}

function inBins({ owners, count }: Counting, byMinute: readonly number[]): readonly number[] {
  const sums = new Array<number>(count).fill(0);
  byMinute.forEach((value, minute) => {
    const bin = owners[minute] ?? -1;
    if (bin >= 0) sums[bin] = sums[bin]! + value;
  });
  return sums;
}

function ofUsers(counting: Counting, name: string, labels: Record<string, string> = {}): readonly number[] {
  const lists = counting.populations.map((population) => {
    return inBins(counting, counting.view.byMinute(name, { ...labels, population }));
  });
  return Array.from({ length: counting.count }, (_, bin) => lists.reduce((sum, list) => sum + list[bin]!, 0));
}

function disruptedUsers({ view, populations, owners, count }: Counting): readonly number[] {
  const sums = new Array<number>(count).fill(0);
  for (const population of populations) {
    for (const minutes of view.record.harm.get(population)?.values() ?? []) {
      for (const bin of new Set([...minutes].map((minute) => owners[minute] ?? -1))) {
        if (bin >= 0) sums[bin] = sums[bin]! + 1;
      }
    }
  }
  return sums;
}

function instanceRows(counting: Counting): readonly InstanceRow[] {
  const { view, populations } = counting;
  const names = new Set(
    populations.flatMap((population) => view.valuesOf('user.attempts', 'instance', { population })),
  );
  return [...names].sort().map((instance) => {
    const attempts = ofUsers(counting, 'user.attempts', { instance });
    const ok = ofUsers(counting, 'user.attempts', { instance, outcome: 'ok' });
    return {
      instance,
      attempts,
      failed: attempts.map((all, bin) => all - ok[bin]!),
      failures: failuresOf(counting, instance),
    };
  });
}

function failuresOf({ view, populations }: Counting, instance: string): InstanceRow['failures'] {
  const outcomes = view.valuesOf('user.attempts', 'outcome', { instance }).filter((outcome) => outcome !== 'ok');
  const counts = outcomes.map((outcome) => ({
    outcome,
    count: populations.reduce((sum, population) => {
      return sum + view.total('user.attempts', { instance, outcome, population });
    }, 0),
  }));
  return counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count || (a.outcome < b.outcome ? -1 : 1));
}
