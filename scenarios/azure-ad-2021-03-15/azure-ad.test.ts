import { describe, expect, it } from 'vitest';
import { defaultValues, RecordView, replay, runTrial, type Incident } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { azureAd } from './incident.ts';

function failedFacts(incident: Incident, view: RecordView): readonly string[] {
  return incident.facts.flatMap((fact) => (fact.scope === 'run' && !fact.check(view).holds ? [fact.id] : []));
}

function failedUnder(assumptions: Record<string, number>): readonly string[] {
  const result = replay({ incident: azureAd, seed: 1, mitigations: [], assumptions });
  return result.facts.filter((fact) => fact.holds === false).map((fact) => fact.id);
}

describe('azure-ad-2021-03-15', () => {
  it.each([1, 2, 3])('shows every fact of the report with seed %i', (seed) => {
    const result = replay({ incident: azureAd, seed, mitigations: [], assumptions: {} });
    expect(result.facts.filter((fact) => fact.holds === false)).toEqual([]);
    expect(result.status).toBe('holds');
  });

  it.each(azureAd.mutations.map((mutation) => [mutation.id, mutation] as const))(
    '%s breaks the facts it names',
    (_, mutation) => {
      const record = runScenario(mutation.apply(azureAd.historical(defaultValues(azureAd))), { seed: 1 });
      expect(failedFacts(azureAd, new RecordView(record))).toEqual(expect.arrayContaining([...mutation.breaks]));
    },
  );

  it('has a mutation for every fact that emerges', () => {
    const broken = new Set(azureAd.mutations.flatMap((mutation) => mutation.breaks));
    const emergent = azureAd.facts.filter(
      (fact) => fact.scope === 'run' && ['stated', 'inferred', 'fitted'].includes(fact.kind),
    );
    expect(emergent.map((fact) => fact.id).filter((id) => !broken.has(id))).toEqual([]);
  });

  it('stands when lifetimes, users or actions are others', () => {
    expect(failedUnder({ concurrentUsers: 16 })).toEqual([]);
    expect(failedUnder({ actionMeanMs: 120_000 })).toEqual([]);
    expect(failedUnder({ tokenLifetimeMs: 7_200_000 })).toEqual([]);
  });

  it('falls when nobody refreshed in those two hours what is refreshed once a day', () => {
    expect(failedUnder({ instances: 4 })).toContain('A9');
  });

  it('shows the attacker let in with a removed key for as long as a token lives, where keys are kept', () => {
    const { exposure } = runTrial({
      incident: azureAd,
      timetable: 'scored',
      seed: 1,
      mitigations: [],
      assumptions: {},
    });
    const removed = exposure.find(({ kind }) => kind === 'removed-key')!;
    expect(removed.admittedCount).toBeGreaterThan(0);
    expect(removed.longestAdmittedMs).toBeGreaterThan(45 * 60_000);
    expect(removed.longestAdmittedMs).toBeLessThanOrEqual(65 * 60_000);
  });

  it('harms nobody on a good day', () => {
    const { measures, faultHits } = runTrial({
      incident: azureAd,
      timetable: 'fair-weather',
      seed: 1,
      mitigations: [],
      assumptions: {},
    });
    expect(measures).toMatchObject({ signOuts: 0, disruptedUserMinutes: 0, forcedSignIns: 0, pages: 0 });
    expect(Object.values(faultHits).every((hits) => hits > 0)).toBe(true);
  });
});
