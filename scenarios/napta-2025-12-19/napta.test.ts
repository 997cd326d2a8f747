import { describe, expect, it } from 'vitest';
import { defaultValues, RecordView, replay, type Incident } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { napta } from './incident.ts';

function failedFacts(incident: Incident, view: RecordView): readonly string[] {
  return incident.facts.flatMap((fact) => (fact.scope === 'run' && !fact.check(view).holds ? [fact.id] : []));
}

function failedUnder(assumptions: Record<string, number>): readonly string[] {
  const result = replay({ incident: napta, seed: 1, mitigations: [], assumptions });
  return result.facts.filter((fact) => fact.holds === false).map((fact) => fact.id);
}

describe('napta-2025-12-19', () => {
  it.each([1, 2, 3])('shows every fact of the report with seed %i', (seed) => {
    const result = replay({ incident: napta, seed, mitigations: [], assumptions: {} });
    expect(result.facts.filter((fact) => fact.holds === false)).toEqual([]);
    expect(result.status).toBe('holds');
  });

  it.each(napta.mutations.map((mutation) => [mutation.id, mutation] as const))(
    '%s breaks the facts it names',
    (_, mutation) => {
      const record = runScenario(mutation.apply(napta.historical(defaultValues(napta))), { seed: 1 });
      expect(failedFacts(napta, new RecordView(record))).toEqual(expect.arrayContaining([...mutation.breaks]));
    },
  );

  it('has a mutation for every fact that emerges', () => {
    const broken = new Set(napta.mutations.flatMap((mutation) => mutation.breaks));
    const emergent = napta.facts.filter(
      (fact) => fact.scope === 'run' && ['stated', 'inferred', 'fitted'].includes(fact.kind),
    );
    expect(emergent.map((fact) => fact.id).filter((id) => !broken.has(id))).toEqual([]);
  });

  it('stands when the number of instances, users or actions is another', () => {
    expect(failedUnder({ instances: 8, startedInside: 1, restartEveryMs: 145_000 })).toEqual([]);
    expect(failedUnder({ users: 200 })).toEqual([]);
    expect(failedUnder({ actionMeanMs: 60_000 })).toEqual([]);
  });

  it('falls when the restart is quicker than the report says', () => {
    expect(failedUnder({ restartEveryMs: 20_000 })).toEqual(['N10']);
  });

  it('falls when the instances start long before the outage', () => {
    expect(failedUnder({ outageFromMs: -1_000, startBeforeT0Ms: 300_000 })).toContain('N3');
  });
});
