/** One historical run under other assumptions, asked one thing: do the facts about single runs still hold? */
import { runScenario } from '../../virtual/index.ts';
import type { AssumptionValues, Incident, RunFact } from '../incident.ts';
import { castTrial, judgeRecord, type TrialInput } from '../trial.ts';

/** Named by ids and numbers only, so that it can be sent to a worker. */
export interface FactJob {
  readonly incident: string;
  readonly seed: number;
  readonly assumptions: AssumptionValues;
  /** A run with more events than this is given up. */
  readonly eventLimit?: number;
}

export type FactRun =
  | {
      readonly outcome: 'judged';
      readonly broken: readonly string[];
      readonly eventCount: number;
      readonly traceHash: string;
    }
  | { readonly outcome: 'too large' }
  /** These values contradict each other: the model says why. */
  | { readonly outcome: 'impossible'; readonly reason: string };

export function runFactJob(incident: Incident, job: FactJob): FactRun {
  const { seed, assumptions, eventLimit = Infinity } = job;
  const input: TrialInput = { incident, timetable: 'historical', seed, mitigations: [], assumptions };
  let isTooLarge = false;
  const tap = (number: number): void => {
    if (number <= eventLimit) return;
    isTooLarge = true;
    throw new RangeError(`more than ${eventLimit} events`);
  };
  try {
    const { scenario, values } = castTrial(input);
    const record = runScenario(scenario, { seed, tap });
    const trial = judgeRecord(input, scenario, values, record);
    const unfelt = Object.entries(trial.faultHits).flatMap(([id, hits]) => (hits === 0 ? [`fault ${id} felt`] : []));
    const broken = runFacts(incident).flatMap(({ id, check }) => (check(trial.view).holds ? [] : [id]));
    return {
      outcome: 'judged',
      broken: [...broken, ...unfelt],
      eventCount: record.eventCount,
      traceHash: record.traceHash,
    };
  } catch (error) {
    if (isTooLarge) return { outcome: 'too large' };
    // Nobody has tried most of these values together: what they cannot be is a finding, counted and shown with its reason.
    return { outcome: 'impossible', reason: error instanceof Error ? error.message : String(error) };
  }
}

function runFacts(incident: Incident): readonly RunFact[] {
  return incident.facts.filter((fact): fact is RunFact => fact.scope === 'run');
}
