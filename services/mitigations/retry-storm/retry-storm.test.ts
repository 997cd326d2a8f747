import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { at } from '../../../scenarios/cytracom-2021-03-16/clock.ts';
import { cytracom } from '../../../scenarios/cytracom-2021-03-16/incident.ts';
import { napta } from '../../../scenarios/napta-2025-12-19/incident.ts';
import { uniflow } from '../../../scenarios/uniflow-2024-09-09/incident.ts';
import { isNotApplicable, withRole, type Mitigation, type Scenario } from '../../../simulator/contract/index.ts';
import { exposureOf } from '../../../simulator/experiment/exposure.ts';
import { applyAll, defaultValues, RecordView, type Incident } from '../../../simulator/experiment/index.ts';
import { runScenario } from '../../../simulator/virtual/index.ts';
import { desktopFleet } from '../../clients/desktop-fleet.ts';
import { FLEET_AGENTS } from '../../clients/desktop-fleet-options.ts';
import { withGuard } from './auth-door.ts';
import { withVersionsTold } from './desktop-clients.ts';
import { retryStorm } from './index.ts';

const named = (id: string): Mitigation => retryStorm.find((mitigation) => mitigation.id === id)!;

/** To Tuesday 11:30: the storm of the first half of the tokens; nobody takes the right action after a page. */
function morning(): Scenario {
  const values = { ...defaultValues(cytracom), rightActionProbability: 0 };
  const endMs = at(0, 11, 30);
  return { ...cytracom.scored(values, 'published'), windows: [{ fromMs: 0, untilMs: endMs }], endMs };
}

function runOf(scenario: Scenario): RecordView {
  return new RecordView(runScenario(scenario, { seed: 1 }));
}

/** Runs of the morning, by what is applied: several claims look at the same one. */
const mornings = new Map<string, RecordView>();

function run(arm: readonly string[] = []): RecordView {
  const name = arm.join(' ');
  const known = mornings.get(name) ?? runOf(applyAll(morning(), arm.map(named)));
  mornings.set(name, known);
  return known;
}

const control = run();
const hung = (view: RecordView): number => view.total('user.sign-ins-hung');
const failed = (view: RecordView): number => view.total('user.sign-ins-failed');
const asked = (view: RecordView): number => view.total('fleet.token-requests', { version: 'old' });
const harm = (view: RecordView): number => view.disruptedUserMinutes(['people', 'portal', 'sessions', 'callers']);
const acted = (view: RecordView, id: string): number =>
  view.total('mitigation.actions', { mitigation: id }) +
  view.notes('mitigation.acted').filter(({ detail }) => detail['mitigation'] === id).length;

describe('what each changes, and nothing else', () => {
  const fleet = ['desktop-fleet'];
  const service = ['idp'];

  test.each([
    ['client-backoff-jitter', fleet],
    ['client-backoff-no-jitter', fleet],
    ['retry-budget', fleet],
    ['retry-budget-grpc', fleet],
    ['retry-budget-finagle', fleet],
    ['client-circuit-breaker', fleet],
    ['client-adaptive-throttling', fleet],
    ['client-kill-switch', fleet],
    ['retry-after-obeyed', ['idp', 'desktop-fleet']],
    ['retry-after-ignored', service],
    ['global-concurrency-limit', service],
    ['adaptive-limit-gradient', service],
    ['adaptive-limit-envoy', service],
    ['success-rate-admission', service],
    ['priority-shedding', service],
    ['adaptive-lifo-codel', service],
    ['bulkhead-per-flow', service],
    ['reject-expired-at-edge', service],
    ['negative-cache-dead-tokens', service],
    ['minimum-version-gate', ['idp', 'desktop-fleet', 'sign-in-users']],
    ['block-by-user-agent', ['idp', 'sign-in-users']],
    ['break-glass-lifetime', service],
    ['jittered-expiry', ['idp', 'desktop-fleet']],
    ['deadline-propagation', ['idp', 'desktop-fleet', 'sign-in-users']],
    ['scale-out-auth', service],
    ['hung-sign-in-alert', ['sign-in-users', 'telemetry', 'growth-alert']],
    ['top-talker-alert', ['idp', 'growth-alert']],
  ])('%s: %j', (id, roles) => {
    const before = morning();
    const after = applyAll(before, [named(id)]);
    const changed = after.cast.filter((host, index) => !isDeepStrictEqual(host, before.cast[index]));
    expect(changed.map(({ role }) => role.name)).toEqual(roles);
    expect({ ...after, cast: null }).toEqual({ ...before, cast: null });
    // Options are what somebody could write into a file.
    for (const { options } of changed) expect(JSON.parse(JSON.stringify(options))).toEqual(options);
  });

  test('each tells a reader what to change, where it comes from and when it hurts', () => {
    for (const { id, change, source, hurtsWhen, sentence } of retryStorm) {
      expect([id, change]).toEqual([id, expect.stringMatching(/^[+-] /m)]);
      for (const text of [source, hurtsWhen, sentence])
        expect([id, text]).toEqual([id, expect.stringMatching(/[.)]$/)]);
    }
  });
});

describe('without an object it says why', () => {
  const reason = (id: string, incident: Incident): string | undefined => {
    const applied = named(id).apply(incident.scored(defaultValues(incident), 'published'));
    return isNotApplicable(applied) ? applied.notApplicable : undefined;
  };

  test.each([
    ['client-backoff-jitter', napta, 'no client here that retries by itself'],
    ['retry-budget', uniflow, 'no client here that retries by itself'],
    ['retry-after-obeyed', napta, 'no client here that retries by itself'],
    ['single-flight-refresh', cytracom, 'each client renews its token in one place here'],
    ['minimum-version-gate', napta, 'no old client version here'],
    ['client-kill-switch', napta, 'no old client version here'],
    ['priority-shedding', uniflow, 'no identity provider or auth service here'],
    ['scale-out-auth', uniflow, 'no identity provider or auth service here'],
    ['deadline-propagation', napta, 'no client here that tells its deadline'],
    ['hung-sign-in-alert', napta, 'nobody here whose client tells of it'],
  ])('%s', (id, incident, expected) => {
    expect(reason(id, incident)).toBe(expected);
  });

  test('single-flight has one where clients have parts', () => {
    const inParts = withRole(morning(), desktopFleet, (options) => ({ ...options, parts: 3 }));
    const apart = runOf(inParts);
    const together = runOf(applyAll(inParts, [named('single-flight-refresh')]));
    expect(acted(together, 'single-flight-refresh')).toBeGreaterThan(0);
    expect(together.record.traceHash).toBe(control.record.traceHash);
    expect(hung(apart)).toBeGreaterThan(hung(control));
  });
});

describe('in Cytracom’s first morning', () => {
  test('people’s sign-ins hang, and old clients loop', () => {
    expect(hung(control)).toBeGreaterThan(10);
    expect(asked(control)).toBeGreaterThan(5_000);
  });

  test.each([['retry-budget-finagle'], ['success-rate-admission']])(
    '%s is not engaged, and changes not one event',
    (id) => {
      const view = run([id]);
      expect(acted(view, id)).toBe(0);
      expect(view.record.traceHash).toBe(control.record.traceHash);
    },
  );

  test.each([
    'client-backoff-jitter',
    'client-backoff-no-jitter',
    'retry-budget-grpc',
    'client-circuit-breaker',
    'priority-shedding',
    'bulkhead-per-flow',
    'reject-expired-at-edge',
    'negative-cache-dead-tokens',
    'break-glass-lifetime',
    'scale-out-auth',
  ])('%s acts, and no sign-in hangs', (id) => {
    const view = run([id]);
    expect(acted(view, id)).toBeGreaterThan(0);
    expect(hung(view)).toBe(0);
    expect(harm(view)).toBeLessThan(harm(control));
  });

  test.each(['retry-after-ignored', 'global-concurrency-limit', 'adaptive-lifo-codel'])(
    '%s cannot tell people from the storm: nothing hangs any more, and more sign-ins fail',
    (id) => {
      const view = run([id]);
      expect(acted(view, id)).toBeGreaterThan(0);
      expect(hung(view)).toBe(0);
      expect(failed(view)).toBeGreaterThan(2 * failed(control));
      expect(harm(view)).toBeGreaterThan(harm(control));
    },
  );

  test('Retry-After helps as far as clients obey it', () => {
    const obeyed = run(['retry-after-obeyed']);
    expect(asked(obeyed)).toBeLessThan(asked(run(['retry-after-ignored'])));
    expect(failed(obeyed)).toBeLessThan(failed(run(['retry-after-ignored'])) / 2);
  });

  test('a retry budget bounds what a dead token costs: one, a hundred retries, one an hour', () => {
    const view = run(['retry-budget']);
    const tokens = view.total('fleet.dead-tokens', { version: 'old' });
    expect(asked(view) / tokens).toBeLessThanOrEqual(1 + 100 + 3);
    expect(asked(control) / tokens).toBeGreaterThan(150);
  });

  test('shedding by importance leaves the storm what is left: as many answers, none of them to people’s cost', () => {
    const view = run(['priority-shedding']);
    expect(asked(view)).toBeGreaterThan(asked(control));
    expect(failed(view)).toBe(0);
  });

  test('alerts page, and change nothing where nobody takes the right action but the load of asking', () => {
    for (const id of ['hung-sign-in-alert', 'top-talker-alert']) {
      const view = run([id]);
      expect(acted(view, id)).toBeGreaterThan(0);
      expect(view.notes('operator.paged').length).toBeGreaterThan(0);
      expect(view.notes('operator.acted')).toEqual([]);
      // They ask where the queue is not: nobody waits longer for it.
      expect(hung(view)).toBe(hung(control));
    }
  });

  test('top talkers show before people are harmed, hung sign-ins only after', () => {
    const firstPageMs = (id: string): number => run([id]).notes('operator.paged')[0]!.atMs;
    const harmedMs = control.firstAtMs('user.sign-ins-hung')!;
    expect(firstPageMs('top-talker-alert')).toBeLessThan(harmedMs);
    expect(firstPageMs('hung-sign-in-alert')).toBeGreaterThan(harmedMs);
  });
});

describe('keeping old clients out', () => {
  const people = (view: RecordView): number => view.total('user.intentions', { population: 'people' });
  const kept = (view: RecordView): number => view.total('user.intentions-failed', { population: 'people' });

  test('by a block keeps out everybody who has one: half of the people, as of the fleet', () => {
    const view = run(['block-by-user-agent']);
    expect(kept(view) / people(view)).toBeGreaterThan(0.42);
    expect(kept(view) / people(view)).toBeLessThan(0.58);
    expect(harm(view)).toBeGreaterThan(harm(control));
  });

  test('by a gate that clients know costs the same people an update, and ends every loop at one request', () => {
    const view = run(['minimum-version-gate']);
    expect(asked(view)).toBe(view.total('fleet.dead-tokens', { version: 'old' }));
    expect(kept(view)).toBe(kept(run(['block-by-user-agent'])));
    expect(harm(view)).toBeLessThan(harm(run(['block-by-user-agent'])) / 2);
  });

  test('by refusing everybody cannot win: people are harmed more than under any other mitigation', () => {
    const shut = { kind: 'agent-block' as const, prefixes: [FLEET_AGENTS.old, FLEET_AGENTS.fixed] };
    const refusing = runOf(withGuard(withVersionsTold(morning()) as Scenario, shut));
    const ofPeople = (view: RecordView): number => view.disruptedUserMinutes(['people']);
    expect(refusing.total('idp.requests', { endpoint: 'sign-in' })).toBe(0);
    // Every intention fails, and each person who gives up is harmed to the end of the planned visit.
    expect(kept(refusing)).toBe(people(refusing));
    for (const { id } of retryStorm.filter((each) => !isNotApplicable(each.apply(morning())))) {
      expect([id, ofPeople(run([id])) < ofPeople(refusing)]).toEqual([id, true]);
    }
  });
});

describe('rate limiting', () => {
  test('saves sign-ins where no client is fixed at all', () => {
    const allOld = withRole(morning(), desktopFleet, (options) => ({
      ...options,
      clients: options.clients.map((client) => ({ ...client, version: 'old' as const })),
    }));
    expect(hung(runOf(allOld))).toBeGreaterThan(hung(control));
    const limited = runOf(applyAll(allOld, [named('per-client-rate-limit')]));
    expect(hung(limited)).toBe(0);
    // The loops go on, at the edge.
    expect(asked(limited)).toBeGreaterThan(asked(control));
  });
});

describe('what is paid in exposure', () => {
  /** How long a revoked session was admitted on the good day, in hours. */
  function revokedHours(id: string | undefined): number {
    const day = cytracom.fairWeather(defaultValues(cytracom));
    const view = runOf(id === undefined ? day : applyAll(day, [named(id)]));
    return exposureOf(view).find(({ kind }) => kind === 'revoked-session')!.longestAdmittedMs / 3_600_000;
  }

  test('longer lifetimes let a revoked session work for hours, spread ones for no longer than before', () => {
    expect(revokedHours(undefined)).toBeLessThanOrEqual(1);
    expect(revokedHours('break-glass-lifetime')).toBeGreaterThan(6);
    expect(revokedHours('jittered-expiry')).toBeLessThanOrEqual(1);
  });
});
