import { describe, expect, it } from 'vitest';
import { defaultValues, RecordView, replay, type Incident } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { cytracom } from './incident.ts';

function failedFacts(incident: Incident, view: RecordView): readonly string[] {
  return incident.facts.flatMap((fact) => (fact.scope === 'run' && !fact.check(view).holds ? [fact.id] : []));
}

function failedUnder(assumptions: Record<string, number>): readonly string[] {
  const result = replay({ incident: cytracom, seed: 1, mitigations: [], assumptions });
  return result.facts.filter((fact) => fact.holds === false).map((fact) => fact.id);
}

describe('cytracom-2021-03-16', () => {
  it.each([1, 2])('shows every fact of the report with seed %i', (seed) => {
    const result = replay({ incident: cytracom, seed, mitigations: [], assumptions: {} });
    expect(result.facts.filter((fact) => fact.holds === false)).toEqual([]);
    expect(result.status).toBe('holds');
  });

  it.each(cytracom.mutations.map((mutation) => [mutation.id, mutation] as const))(
    '%s breaks the facts it names',
    (_, mutation) => {
      const record = runScenario(mutation.apply(cytracom.historical(defaultValues(cytracom))), { seed: 1 });
      expect(failedFacts(cytracom, new RecordView(record))).toEqual(expect.arrayContaining([...mutation.breaks]));
    },
  );

  it('has a mutation for every fact that emerges', () => {
    const broken = new Set(cytracom.mutations.flatMap((mutation) => mutation.breaks));
    const emergent = cytracom.facts.filter(
      (fact) => fact.scope === 'run' && ['stated', 'inferred', 'fitted'].includes(fact.kind),
    );
    expect(emergent.map((fact) => fact.id).filter((id) => !broken.has(id))).toEqual([]);
  });

  it('stands at twice the scale', () => {
    expect(failedUnder({ scale: 2 })).toEqual([]);
  });

  it('falls when old clients wait for a minute, and so do not overwhelm the service', () => {
    expect(failedUnder({ retryMs: 60_000 })).toEqual(expect.arrayContaining(['C0', 'C2']));
  });
});
