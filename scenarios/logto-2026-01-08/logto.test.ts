import { describe, expect, it } from 'vitest';
import { defaultValues, RecordView, replay, runTrial, type Incident } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { logto } from './incident.ts';

function failedFacts(incident: Incident, view: RecordView): readonly string[] {
  return incident.facts.flatMap((fact) => (fact.scope === 'run' && !fact.check(view).holds ? [fact.id] : []));
}

function failedUnder(assumptions: Record<string, number>): readonly string[] {
  const result = replay({ incident: logto, seed: 1, mitigations: [], assumptions });
  return result.facts.filter((fact) => fact.holds === false).map((fact) => fact.id);
}

describe('logto-2026-01-08', () => {
  it.each([1, 2, 3])('shows every fact of the report with seed %i', (seed) => {
    const result = replay({ incident: logto, seed, mitigations: [], assumptions: {} });
    expect(result.facts.filter((fact) => fact.holds === false)).toEqual([]);
    expect(result.status).toBe('holds');
  });

  it.each(logto.mutations.map((mutation) => [mutation.id, mutation] as const))(
    '%s breaks the facts it names',
    (_, mutation) => {
      const record = runScenario(mutation.apply(logto.historical(defaultValues(logto))), { seed: 1 });
      expect(failedFacts(logto, new RecordView(record))).toEqual(expect.arrayContaining([...mutation.breaks]));
    },
  );

  it('has a mutation for every fact that emerges', () => {
    const broken = new Set(logto.mutations.flatMap((mutation) => mutation.breaks));
    const emergent = logto.facts.filter(
      (fact) => fact.scope === 'run' && ['stated', 'inferred', 'fitted'].includes(fact.kind),
    );
    expect(emergent.map((fact) => fact.id).filter((id) => !broken.has(id))).toEqual([]);
  });

  it('stands when tenants, users or visits are others', () => {
    expect(failedUnder({ concurrentUsers: 100 })).toEqual([]);
    expect(failedUnder({ askingInstances: 12, waitingInstances: 8 })).toEqual([]);
    expect(failedUnder({ visitMeanMs: 1_200_000 })).toEqual([]);
  });

  it('falls when the edge keeps copies so short that they are gone before anybody clears them', () => {
    expect(failedUnder({ edgeMaxAgeMs: 600_000 })).toContain('L4');
  });

  it('leaves no browser behind when the old key stays published', () => {
    expect(failedUnder({ retainOldKeyMs: 86_400_000 })).toContain('L11');
  });

  it('shows the attacker let in with a removed key for as long as verifiers are given the old set', () => {
    const { exposure } = runTrial({ incident: logto, timetable: 'scored', seed: 1, mitigations: [], assumptions: {} });
    const removed = exposure.find(({ kind }) => kind === 'removed-key')!;
    expect(removed.admittedCount).toBeGreaterThan(0);
    expect(removed.longestAdmittedMs).toBeGreaterThan(20 * 60_000);
    expect(removed.longestAdmittedMs).toBeLessThan(49 * 60_000);
  });

  it('harms nobody on a good day', () => {
    const { measures, faultHits } = runTrial({
      incident: logto,
      timetable: 'fair-weather',
      seed: 1,
      mitigations: [],
      assumptions: {},
    });
    expect(measures).toMatchObject({ signOuts: 0, disruptedUserMinutes: 0, forcedSignIns: 0, pages: 0 });
    expect(Object.values(faultHits).every((hits) => hits > 0)).toBe(true);
  });
});
