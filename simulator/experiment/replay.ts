/** The replay of an incident as a document: facts with what was observed, assumptions, measures, one digest of it all. */
import type { Mitigation } from '../contract/index.ts';
import { digestOf } from './canonical.ts';
import type { AssumptionValues, Fact, Incident, RunFact } from './incident.ts';
import type { AssumptionResult, FactResult, ReplayResult } from './result.ts';
import { SCHEMA_VERSION } from './result.ts';
import { recordDigest, runTrial, type Trial } from './trial.ts';
import { clockOf } from './wall-clock.ts';

export interface ReplayInput {
  readonly incident: Incident;
  readonly seed: number;
  readonly mitigations: readonly Mitigation[];
  readonly assumptions: AssumptionValues;
}

export function replay(input: ReplayInput): ReplayResult {
  const trial = runTrial({ ...input, timetable: 'historical' });
  return replayResult(input, trial);
}

function replayResult(input: ReplayInput, trial: Trial): ReplayResult {
  const { incident } = input;
  const facts = incident.facts.map((fact) => checkFact(fact, trial));
  const write = clockOf(incident.clock, trial.scenario.endMs);
  const document = {
    schemaVersion: SCHEMA_VERSION,
    kind: 'replay' as const,
    mode: input.mitigations.length === 0 ? ('historical' as const) : ('counterfactual' as const),
    scenario: incident.id,
    title: incident.title,
    seed: input.seed,
    mitigations: input.mitigations.map(({ id }) => id),
    facts,
    assumptions: assumptionResults(incident, trial.values),
    inputs: incident.timeline(trial.values).map((entry) => ({ ...entry, at: write(entry.atMs) })),
    measures: trial.measures,
    exposure: trial.exposure,
    faults: trial.scenario.faults.map(({ id, sentence, fromMs, untilMs }) => ({
      id,
      sentence,
      fromMs,
      untilMs,
      from: write(fromMs),
      until: write(untilMs),
      hits: trial.faultHits[id] ?? 0,
    })),
    clock: incident.clock,
    eventCount: trial.view.record.eventCount,
    traceHash: trial.view.record.traceHash,
    status: statusOf(facts, trial),
  };
  return { ...document, digest: digestOf({ document, record: recordDigest(trial) }) };
}

/** All assumptions of an incident with the values in force. */
export function assumptionResults(incident: Incident, values: AssumptionValues): readonly AssumptionResult[] {
  return incident.assumptions.map(({ id, unit, sentence, low, high }) => {
    return { id, value: values[id]!, unit, low, high, sentence };
  });
}

/**
 * The facts of a replay with mitigations beside those of the historical replay of the same seed: *kept* where they hold as
 * they did in history, *changed* where they do not.
 */
export function comparedWithHistory(counterfactual: ReplayResult, historical: ReplayResult): ReplayResult {
  const facts = counterfactual.facts.map((fact, index): FactResult => {
    // What one run cannot tell, two cannot either.
    if (fact.holds === null) return fact;
    const { holds, observed } = historical.facts[index]!;
    return { ...fact, history: { change: fact.holds === holds ? 'kept' : 'changed', holds, observed } };
  });
  return { ...counterfactual, facts };
}

function statusOf(facts: readonly FactResult[], trial: Trial): ReplayResult['status'] {
  if (Object.values(trial.faultHits).some((hits) => hits === 0)) return 'inconclusive';
  return facts.every((fact) => fact.scope !== 'run' || fact.holds !== false) ? 'holds' : 'fails';
}

function checkFact(fact: Fact, trial: Trial): FactResult {
  const { id, kind, scope, report } = fact;
  const fitted = fact.fittedBy === undefined ? {} : { fittedBy: fact.fittedBy };
  if (fact.scope === 'sweep') {
    const expected = `judged over at least ${fact.minimumSeeds} seeds`;
    const observation = fact.observe(trial.view);
    const observed = `this run alone: ${fact.write?.(observation) ?? observation}`;
    return { id, kind, scope, report, ...fitted, holds: null, expected, observed, tolerance: 'needs --seeds' };
  }
  return { id, kind, scope, report, ...fitted, ...(fact as RunFact).check(trial.view) };
}
