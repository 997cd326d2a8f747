import { describe, expect, it } from 'vitest';
import { defaultValues, RecordView, replay, type Incident } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { uniflow } from './incident.ts';
import { mutations } from './mutations.ts';
import { occurrences, windowOf } from './scaling.ts';
import { growth } from './sweep-facts.ts';

const values = defaultValues(uniflow);

function failedFacts(incident: Incident, view: RecordView): readonly string[] {
  return incident.facts.flatMap((fact) => (fact.scope === 'run' && !fact.check(view).holds ? [fact.id] : []));
}

function failedUnder(assumptions: Record<string, number>): readonly string[] {
  const result = replay({ incident: uniflow, seed: 1, mitigations: [], assumptions });
  return result.facts.filter((fact) => fact.holds === false).map((fact) => fact.id);
}

function viewOf(overrides: Record<string, number>, seed: number): RecordView {
  return new RecordView(runScenario(uniflow.historical({ ...values, ...overrides }), { seed }));
}

describe('uniflow-2024-09-09', () => {
  it.each([1, 2, 3])('shows every fact of the report with seed %i', (seed) => {
    const result = replay({ incident: uniflow, seed, mitigations: [], assumptions: {} });
    expect(result.facts.filter((fact) => fact.holds === false)).toEqual([]);
    expect(result.status).toBe('holds');
  });

  it('keeps within half a million events, three days in all', () => {
    const { windows, endMs } = uniflow.historical(values);
    expect(windows).toHaveLength(3);
    expect(windows.at(-1)!.untilMs).toBe(endMs);
    expect(viewOf({}, 1).record.eventCount).toBeLessThan(500_000);
  });

  it.each(mutations.map((mutation) => [mutation.id, mutation] as const))(
    '%s breaks the facts it names',
    (_, mutation) => {
      const record = runScenario(mutation.apply(uniflow.historical(values)), { seed: 1 });
      expect(failedFacts(uniflow, new RecordView(record))).toEqual(expect.arrayContaining([...mutation.breaks]));
    },
  );

  it('has a mutation for every fact that emerges', () => {
    const broken = new Set(mutations.flatMap((mutation) => mutation.breaks));
    const emergent = uniflow.facts.filter(
      (fact) => fact.scope === 'run' && ['stated', 'inferred', 'fitted'].includes(fact.kind),
    );
    expect(emergent.map((fact) => fact.id).filter((id) => !broken.has(id))).toEqual([]);
  });

  it('hits more users the more stamps are touched, and nobody when keys are shared', () => {
    const observations = growth.variants.map((variant) => [1, 2].map((seed) => growth.observe(viewOf(variant, seed))));
    expect(growth.check(observations)).toMatchObject({ holds: true });
    const sharedKey = mutations.find(({ id }) => id === 'shared-key')!;
    const shared = new RecordView(runScenario(sharedKey.apply(uniflow.historical(values)), { seed: 1 }));
    const nobody = growth.variants.map(() => [growth.observe(shared)]);
    expect(growth.check(nobody)).toMatchObject({ holds: false });
  });

  it('watches users around each recurrence, from before the event until after the cycle', () => {
    for (const occurrence of occurrences(values).slice(1)) {
      const { fromMs, untilMs } = windowOf(occurrence);
      expect(fromMs).toBeLessThan(occurrence.eventMs);
      expect(untilMs).toBeGreaterThan(occurrence.cycleUntilMs);
    }
  });
});

describe('uniflow-2024-09-09 under other assumptions', () => {
  it.each([
    { rolesPerStamp: 8 },
    { movedPerStamp: 2 },
    { requestsPerPage: 12 },
    { connectionsPerBrowser: 6 },
    { rounds: 10 },
  ])('stands with %o', (assumptions) => {
    expect(failedUnder(assumptions)).toEqual([]);
  });

  it('falls when connections outlive the pause: waiting five minutes then helps nobody', () => {
    expect(failedUnder({ connectionIdleMs: 900_000 })).toEqual(['U7']);
  });

  it('has no login loops with one connection or with one request a page', () => {
    expect(failedUnder({ connectionsPerBrowser: 1 })).toEqual(['U4', 'U7']);
    expect(failedUnder({ requestsPerPage: 1 })).toEqual(['U4']);
  });

  it('lets everybody sign in at least for a moment when forms never cross connections', () => {
    expect(failedUnder({ crossedSubmitRatio: 0 })).toEqual(['U4']);
  });
});
