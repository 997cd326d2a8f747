import { describe, expect, test } from 'vitest';
import { at } from '../../scenarios/cytracom-2021-03-16/clock.ts';
import { cytracom } from '../../scenarios/cytracom-2021-03-16/incident.ts';
import { T0_MS } from '../../scenarios/napta-2025-12-19/clock.ts';
import { napta } from '../../scenarios/napta-2025-12-19/incident.ts';
import { hostsOf, withRole, type Mitigation, type Scenario } from '../../simulator/contract/index.ts';
import { applyAll, defaultValues, RecordView, type Incident } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { backend } from '../backend/index.ts';
import { probeAlert } from '../operator/index.ts';
import { mitigations } from './index.ts';

const MINUTE_MS = 60_000;

const named = (...ids: readonly string[]): readonly Mitigation[] => mitigations.filter(({ id }) => ids.includes(id));

/** The first hours of an incident, made small. */
function play(incident: Incident, assumptions: Record<string, number>, endMs: number): Scenario {
  const whole = incident.scored({ ...defaultValues(incident), ...assumptions }, 'published');
  return { ...whole, windows: [{ fromMs: 0, untilMs: endMs }], endMs };
}

function run(scenario: Scenario, arm: readonly Mitigation[] = [], seed = 1): RecordView {
  return new RecordView(runScenario(applyAll(scenario, arm), { seed }));
}

function acted(view: RecordView): readonly string[] {
  return view.notes('mitigation.acted').map(({ detail }) => String(detail['mitigation']));
}

/** Harm by population and user, in whole. */
const harmOf = ({ record }: RecordView) => [...record.harm].map(([population, users]) => [population, [...users]]);

/** To T0 + 100 min: one of four instances has no keys; the published restart is not in it. */
const smallNapta = (rightActionProbability = 0.5): Scenario =>
  play(
    napta,
    { instances: 4, startedInside: 1, users: 30, actionMeanMs: 60_000, rightActionProbability },
    T0_MS + 100 * MINUTE_MS,
  );

/** To Tuesday noon: the storm of the first half of the tokens. */
const cytracomMorning = (rightActionProbability = 0.5): Scenario =>
  play(cytracom, { rightActionProbability }, at(0, 11, 30));

describe('a mitigation that does nothing', () => {
  const nothing: Mitigation = {
    id: 'nothing',
    sentence: 'Does nothing.',
    source: 'Nobody.',
    family: 'keys-missing-at-start',
    place: 'edge',
    hurtsWhen: 'Never.',
    change: '+ made up',
    apply: (scenario) => scenario,
  };
  const wrapped: Mitigation = {
    ...nothing,
    apply: (scenario) => ({ ...scenario, cast: scenario.cast.map((host) => ({ ...host, wraps: [(inner) => inner] })) }),
  };

  test('gives exactly the control: the same events, the same record', () => {
    const control = run(smallNapta());
    for (const arm of [nothing, wrapped]) {
      const view = run(smallNapta(), [arm]);
      expect(view.record.traceHash).toBe(control.record.traceHash);
      expect(harmOf(view)).toEqual(harmOf(control));
    }
    expect(run(smallNapta(), [], 2).record.traceHash).not.toBe(control.record.traceHash);
  });
});

describe('keys missing at start', () => {
  const control = run(smallNapta());
  /** The keys can be had again 8 minutes after T0; from then on nobody needs to be harmed. */
  const later = { fromMs: T0_MS + 10 * MINUTE_MS, untilMs: T0_MS + 100 * MINUTE_MS };
  const harm = (view: RecordView): number => view.disruptedUserMinutes(['users'], later);

  test.each(['automatic-retry-fixed', 'automatic-retry-backoff'])(
    '%s heals the instance by itself, and says that it acted',
    (id) => {
      const view = run(smallNapta(), named(id));
      expect(harm(control)).toBeGreaterThan(50);
      expect(harm(view)).toBe(0);
      expect(acted(view)).toEqual([id]);
      expect(view.total('mitigation.actions', { mitigation: id })).toBeGreaterThan(0);
      const instances = hostsOf(applyAll(smallNapta(), named(id)), backend).map(({ name }) => name);
      expect(
        view
          .notes('keys.loaded')
          .map(({ host }) => host)
          .sort(),
      ).toEqual(instances);
    },
  );

  test('the provider’s alert brings the restart forward when the right action is taken', () => {
    const view = run(smallNapta(1), named('idp-monitoring-alert'));
    expect(acted(view)).toEqual(['idp-monitoring-alert']);
    expect(view.notes('operator.acted')[0]!.detail['because']).toBe('page');
    expect(harm(view)).toBeLessThan(harm(run(smallNapta(1))));
  });

  test('the provider’s alert makes it worse when people restart into the outage', () => {
    const view = run(smallNapta(0), named('idp-monitoring-alert'));
    const keyless = (each: RecordView) => new Set(each.notes('keys.missing').map(({ host }) => host)).size;
    expect(keyless(view)).toBeGreaterThan(keyless(control));
    expect(harm(view)).toBeGreaterThan(harm(control));
  });

  test('every arm lets users intend the same at the same moments', () => {
    const intended = control.byMinute('user.intentions');
    expect(control.total('user.intentions')).toBeGreaterThan(1_000);
    for (const id of [
      'automatic-retry-fixed',
      'automatic-retry-backoff',
      'idp-monitoring-alert',
      'per-client-rate-limit',
    ]) {
      expect(run(smallNapta(), named(id)).byMinute('user.intentions')).toEqual(intended);
    }
    expect(run(smallNapta(), [], 2).byMinute('user.intentions')).not.toEqual(intended);
  });
});

describe('retry storm', () => {
  const control = run(cytracomMorning(0));
  const hung = (view: RecordView): number => view.total('user.sign-ins-hung');

  test('sign-ins hang in the control', () => {
    expect(hung(control)).toBeGreaterThan(10);
  });

  test('the rate limit refuses the storm at the edge, and sign-ins pass', () => {
    const view = run(cytracomMorning(0), named('per-client-rate-limit'));
    expect(acted(view)).toEqual(['per-client-rate-limit']);
    expect(view.total('edge.rate-limited')).toBeGreaterThan(1_000);
    expect(hung(view)).toBe(0);
  });

  test('the fixed client takes most of the storm away', () => {
    const view = run(cytracomMorning(0), named('fixed-client'));
    expect(acted(view)).toEqual(['fixed-client']);
    expect(view.total('fleet.token-requests')).toBeLessThan(control.total('fleet.token-requests') / 3);
    expect(hung(view)).toBe(0);
  });

  test('an alert fixes nothing by itself: where nobody takes the right action its pages change nothing, exactly', () => {
    const alert = named('auth-service-alert');
    const view = run(cytracomMorning(0), alert);
    expect(acted(view).length).toBeGreaterThan(0);
    expect(view.notes('operator.paged').length).toBeGreaterThan(0);
    expect(view.notes('operator.acted')).toEqual([]);
    // The probe itself is load on a service that has none to spare: compare with one that asks and never pages.
    const silent = (scenario: Scenario): Scenario =>
      withRole(scenario, probeAlert, (options) => ({ ...options, failuresInRow: Infinity }));
    const unheard = new RecordView(runScenario(silent(applyAll(cytracomMorning(0), alert)), { seed: 1 }));
    expect(unheard.notes('operator.paged')).toEqual([]);
    expect(harmOf(view)).toEqual(harmOf(unheard));
    expect(harmOf(view)).not.toEqual([]);
  });

  test('an alert helps where the right action is taken', () => {
    const view = run(cytracomMorning(1), named('auth-service-alert'));
    expect(view.notes('operator.acted')).toHaveLength(1);
    expect(hung(view)).toBeLessThan(hung(control));
  });
});
