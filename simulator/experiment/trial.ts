/** One run of one incident: the play, changed by mitigations, under one seed, judged against the facts and measured. */
import {
  ACTED,
  isNotApplicable,
  SimulatorError,
  type Mitigation,
  type Scenario,
  type Window,
} from '../contract/index.ts';
import { runScenario, type RunRecord } from '../virtual/index.ts';
import { digestOf } from './canonical.ts';
import { exposureOf, type ExposureFinding } from './exposure.ts';
import { defaultValues, type AssumptionValues, type Incident } from './incident.ts';
import { measure, type Measures } from './measures.ts';
import { RecordView } from './record-view.ts';

/**
 * Which play of the incident: to the end of the history; to the scoring horizon, with the response at the published
 * moments or upon users' reports alone; or the good day.
 */
export type Timetable = 'historical' | 'scored' | 'scored-by-reports' | 'fair-weather';

export interface TrialInput {
  readonly incident: Incident;
  readonly timetable: Timetable;
  readonly seed: number;
  readonly mitigations: readonly Mitigation[];
  /** Overrides of the incident's defaults. */
  readonly assumptions: AssumptionValues;
  readonly follow?: string;
}

export interface Trial {
  readonly scenario: Scenario;
  readonly values: AssumptionValues;
  readonly view: RecordView;
  readonly measures: Measures;
  readonly exposure: readonly ExposureFinding[];
  /** How often each mitigation acted. */
  readonly actions: Readonly<Record<string, number>>;
  /** Hits of each fault of the scenario. */
  readonly faultHits: Readonly<Record<string, number>>;
}

/** @throws SimulatorError for an unknown or impossible assumption, or a mitigation without an object here */
export function runTrial(input: TrialInput): Trial {
  const { scenario, values } = castTrial(input);
  const options = input.follow === undefined ? { seed: input.seed } : { seed: input.seed, follow: input.follow };
  return judgeRecord(input, scenario, values, runScenario(scenario, options));
}

/** The play that a trial runs, and the values of all assumptions in it. */
export function castTrial(input: TrialInput): Pick<Trial, 'scenario' | 'values'> {
  const values = checkedValues(input.incident, input.assumptions);
  const isRolledOut = input.timetable === 'fair-weather';
  return {
    scenario: applyAll(playOf(input.incident, input.timetable)(values), input.mitigations, isRolledOut),
    values,
  };
}

export function playOf(incident: Incident, timetable: Timetable): (values: AssumptionValues) => Scenario {
  switch (timetable) {
    case 'historical':
      return incident.historical;
    case 'scored':
      return (values) => incident.scored(values, 'published');
    case 'scored-by-reports':
      return (values) => incident.scored(values, 'reports');
    case 'fair-weather':
      return incident.fairWeather;
  }
}

/**
 * Applied in the order of their ids, so that the order in which they are listed does not matter.
 * @param isRolledOut whether they come into the running system, or are there from the beginning
 */
export function applyAll(scenario: Scenario, mitigations: readonly Mitigation[], isRolledOut = false): Scenario {
  const ordered = [...mitigations].sort((a, b) => (a.id < b.id ? -1 : 1));
  return ordered.reduce((play, mitigation) => {
    const changed = isRolledOut && mitigation.rollOut !== undefined ? mitigation.rollOut(play) : mitigation.apply(play);
    if (!isNotApplicable(changed)) return changed;
    const message = `Mitigation "${mitigation.id}" has no object in ${scenario.id}: ${changed.notApplicable}.`;
    throw new SimulatorError('bad-argument', message, 'Leave it out for this incident.');
  }, scenario);
}

/** What a finished run says: measures, exposure, actions, hits. */
export function judgeRecord(input: TrialInput, scenario: Scenario, values: AssumptionValues, record: RunRecord): Trial {
  const { incident } = input;
  const view = new RecordView(record);
  const t0Ms = input.timetable === 'fair-weather' ? 0 : incident.clock.t0Ms;
  const measures = measure({
    view,
    populations: incident.populations,
    t0Ms,
    horizonMs: windowAround(scenario, t0Ms).untilMs,
    authCounter: incident.authLoad.counter,
    authCapacityPerSecond: incident.authLoad.capacityPerSecond(values),
  });
  return {
    scenario,
    values,
    view,
    measures,
    exposure: exposureOf(view),
    actions: Object.fromEntries(input.mitigations.map(({ id }) => [id, actionsOf(view, id)])),
    faultHits: Object.fromEntries(scenario.faults.map(({ id }) => [id, view.total('fault.hits', { fault: id })])),
  };
}

function windowAround({ id, windows }: Scenario, atMs: number): Window {
  const window = windows.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs <= untilMs);
  if (window !== undefined) return window;
  throw new SimulatorError(
    'bad-argument',
    `No window of ${id} holds T0 (${atMs} ms).`,
    'Let the first one begin before it.',
  );
}

function actionsOf(view: RecordView, mitigation: string): number {
  const noted = view.notes(ACTED).filter((note) => note.detail['mitigation'] === mitigation).length;
  return noted + view.total('mitigation.actions', { mitigation });
}

/** Defaults with the overrides laid over them, each checked against its bounds. */
export function checkedValues(incident: Incident, overrides: AssumptionValues): AssumptionValues {
  for (const [id, value] of Object.entries(overrides)) {
    const known = incident.assumptions.find((assumption) => assumption.id === id);
    if (known === undefined) {
      const names = incident.assumptions.map((assumption) => assumption.id).join(', ');
      throw new SimulatorError('bad-argument', `${incident.id} has no assumption "${id}".`, `It has: ${names}.`);
    }
    if (!(value >= known.low && value <= known.high)) {
      const remedy = `Give a value from ${known.low} to ${known.high} ${known.unit}.`;
      throw new SimulatorError('bad-argument', `Assumption "${id}" cannot be ${value}.`, remedy);
    }
  }
  return { ...defaultValues(incident), ...overrides };
}

/** SHA-256 over everything that the record holds and what was measured in it. */
export function recordDigest(trial: Trial): string {
  const { measures, exposure, values } = trial;
  return digestOf({ ...recordContents(trial.view.record), measures, exposure, values });
}

/** Everything that a record holds, in a form that JSON can say. */
export function recordContents(record: RunRecord): Readonly<Record<string, unknown>> {
  return {
    seed: record.seed,
    endMs: record.endMs,
    eventCount: record.eventCount,
    traceHash: record.traceHash,
    notes: record.notes,
    series: record.series.map(({ name, labels, total, sumMs, firstAtMs, lastAtMs, minutes, counts, buckets }) => ({
      name,
      labels,
      total,
      sumMs,
      firstAtMs,
      lastAtMs,
      minutes,
      counts,
      buckets,
    })),
    harm: [...record.harm].map(([population, users]) => [
      population,
      [...users].map(([user, minutes]) => [user, [...minutes]]),
    ]),
  };
}
