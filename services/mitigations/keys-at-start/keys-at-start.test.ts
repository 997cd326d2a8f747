import { describe, expect, test } from 'vitest';
import { cytracom } from '../../../scenarios/cytracom-2021-03-16/incident.ts';
import { uniflow } from '../../../scenarios/uniflow-2024-09-09/incident.ts';
import { withRole, type Scenario } from '../../../simulator/contract/index.ts';
import { defaultValues, type Incident } from '../../../simulator/experiment/index.ts';
import { backend, verifierPreset } from '../../backend/index.ts';
import { operator, orchestrator } from '../../operator/index.ts';
import { router } from '../../router/index.ts';
import {
  actionCount,
  harm,
  LATER,
  MINUTE_MS,
  named,
  reasonIn,
  run,
  smallNapta,
  T0_MS,
  TROUBLE,
} from '../../../test/mitigations/small-napta.ts';

const control = run(smallNapta());

const without = (scenario: Scenario, role: object): Scenario => ({
  ...scenario,
  cast: scenario.cast.filter((host) => (host.role as object) !== role),
});

const scored = (incident: Incident): Scenario => incident.scored(defaultValues(incident), 'published');

describe('an instance that starts while the keys cannot be had', () => {
  test('harms its users until it is restarted, when nobody has done anything about it', () => {
    expect(harm(control, LATER)).toBeGreaterThan(100);
  });

  test.each(['lazy-fetch', 'refresh-ahead', 'crash-and-restart', 'startup-self-test', 'shared-key-cache'])(
    '%s: is well by itself soon after the provider is',
    (id) => {
      const view = run(smallNapta(), [id]);
      expect(harm(view, LATER)).toBe(0);
      expect(actionCount(view, id)).toBeGreaterThan(0);
    },
  );

  test.each([
    'readiness-gate',
    'crash-and-restart',
    'startup-self-test',
    'shared-key-cache',
    'last-good-keys-in-image',
  ])('%s: never refuses anybody', (id) => {
    const view = run(smallNapta(), [id]);
    expect(view.total('user.attempts', { outcome: 'unauthorized' })).toBe(0);
    expect(actionCount(view, id)).toBeGreaterThan(0);
  });

  test('crash-and-restart: comes back later each time, and up to five minutes after the provider', () => {
    const view = run(smallNapta(), ['crash-and-restart']);
    const delays = view.notes('orchestrator.restarted-crashed').map(({ detail }) => Number(detail['delayMs']) / 1000);
    expect(delays).toEqual([10, 20, 40, 80, 160]);
    const keysBackMs = T0_MS + 8 * MINUTE_MS;
    const listening = view.notes('backend.listening').at(-1)!.atMs;
    expect(listening).toBeGreaterThan(keysBackMs);
    expect(listening).toBeLessThan(keysBackMs + 5 * MINUTE_MS + 60_000);
  });

  test('readiness-gate: heals nothing, the instance is out of the rotation for as long as it runs', () => {
    const view = run(smallNapta(), ['readiness-gate']);
    expect(view.valuesOf('user.attempts', 'instance', { population: 'users' })).not.toContain('api-04');
  });

  test('readiness-gate before instances that fetch on demand: they come into service, nobody waits for the other', () => {
    const view = run(smallNapta(), ['readiness-gate', 'lazy-fetch']);
    expect(harm(view)).toBe(0);
    expect(view.valuesOf('user.attempts', 'instance', { population: 'users' })).toContain('api-04');
  });

  test('router-eject-skew: is taken out again and again, and most of its users never meet it', () => {
    const view = run(smallNapta(), ['router-eject-skew']);
    expect(harm(view, TROUBLE)).toBeLessThan(harm(control) / 3);
    expect(view.notes('router.ejected').every(({ detail }) => detail['instance'] === 'api-04')).toBe(true);
    expect(actionCount(view, 'router-eject-skew')).toBe(view.notes('router.ejected').length);
  });

  test('router-retry-401: one of four ill, the second opinion is always a good one, and nobody notices', () => {
    const view = run(smallNapta(), ['router-retry-401']);
    expect(harm(view)).toBe(0);
    expect(actionCount(view, 'router-retry-401')).toBeGreaterThan(100);
  });

  test('router-retry-401: two ill instances stand next to each other in the round, so that one try is half a cure', () => {
    const view = run(smallNapta({ startedInside: 2 }), ['router-retry-401']);
    const before = run(smallNapta({ startedInside: 2 }));
    expect(harm(view)).toBeGreaterThan(0);
    expect(harm(view)).toBeLessThan(harm(before));
  });

  test('unavailable-503: says so, and nobody is signed out for it', () => {
    const view = run(smallNapta(), ['unavailable-503']);
    expect(control.total('user.sign-outs')).toBeGreaterThan(100);
    expect(view.total('user.sign-outs')).toBe(0);
    expect(view.total('user.sign-ins', { forced: 'yes' })).toBe(0);
    expect(view.total('user.attempts', { outcome: 'server-error' })).toBe(actionCount(view, 'unavailable-503'));
    expect(harm(view)).toBeGreaterThan(0);
  });

  test('last-known-good-disk: has nothing on its disk when it is new, which is exactly the control', () => {
    const view = run(smallNapta(), ['last-known-good-disk']);
    expect(actionCount(view, 'last-known-good-disk')).toBe(0);
    expect(view.record.traceHash).toBe(control.record.traceHash);
  });
});

describe('an instance that is restarted into the outage', () => {
  /** All four, one a minute, when the keys have been away for two minutes. */
  const restarted: Scenario = withRole(smallNapta(), orchestrator, (options) => ({
    ...options,
    events: [
      {
        atMs: T0_MS - 2 * MINUTE_MS,
        label: 'restart into the outage',
        actions: [{ kind: 'restart' as const, pool: 'api', everyMs: MINUTE_MS, graceMs: 1_000 }],
      },
    ],
  }));

  test('finds the keys of its predecessor on the disk', () => {
    const view = run(restarted, ['last-known-good-disk']);
    expect(harm(run(restarted), LATER)).toBeGreaterThan(100);
    expect(harm(view, LATER)).toBe(0);
    expect(actionCount(view, 'last-known-good-disk')).toBeGreaterThan(0);
  });
});

describe('alerts', () => {
  const paged = (id: string, assumptions: Record<string, number> = { rightActionProbability: 1 }) =>
    run(smallNapta(assumptions), [id]);
  const minutesToPage = (view: ReturnType<typeof run>): number =>
    ((view.notes('operator.paged')[0]?.atMs ?? Infinity) - T0_MS) / MINUTE_MS;

  test.each([
    ['keyless-start-log-alert', 1],
    ['skew-alert-401', 3],
    ['probe-per-instance', 4],
    ['valid-401-alert', 8],
  ])('%s pages within %i minutes', (id, minutes) => {
    expect(minutesToPage(paged(id))).toBeLessThanOrEqual(minutes);
  });

  test('a probe through the balancer takes far longer than one around it', () => {
    const through = [1, 2, 3].map((seed) => minutesToPage(run(smallNapta(), ['probe-through-balancer'], seed)));
    const around = [1, 2, 3].map((seed) => minutesToPage(run(smallNapta(), ['probe-per-instance'], seed)));
    expect(Math.max(...around)).toBeLessThan(4);
    expect(Math.min(...through)).toBeGreaterThan(2 * Math.max(...around));
    // The one in the middle.
    expect(through.sort((a, b) => a - b)[1]).toBeGreaterThan(20);
  });

  test.each(['skew-alert-401', 'valid-401-alert', 'keyless-start-log-alert', 'router-drain-alert'])(
    '%s: fixes nothing by itself: where nobody takes the right action, nothing changes for anybody',
    (id) => {
      const unhelped = run(smallNapta({ rightActionProbability: 0 }));
      const view = paged(id, { rightActionProbability: 0 });
      expect(view.notes('operator.paged').length).toBeGreaterThan(0);
      expect([...view.record.harm]).toEqual([...unhelped.record.harm]);
    },
  );

  test('router-drain-alert: the one instance is taken out, the others run on untouched', () => {
    const view = paged('router-drain-alert');
    expect(view.notes('router.drained').map(({ detail }) => detail['instance'])).toEqual(['api-04']);
    expect(view.notes('orchestrator.restarted')).toEqual([]);
    expect(harm(view, LATER)).toBe(0);
  });

  test('skew-alert-401: a restart into the outage takes the keys of those who had them; seen to be ill, it is given again', () => {
    const view = paged('skew-alert-401', {
      rightActionProbability: 1,
      restartEveryMs: 30_000,
      outageUntilMs: 1_200_000,
    });
    const why = view.notes('operator.acted').map(({ detail }) => detail['because']);
    expect(why[0]).toBe('page');
    expect(new Set(view.notes('keys.missing').map(({ host }) => host)).size).toBeGreaterThan(1);
  });

  test('user-report-alert: pages when users have written three times in half an hour', () => {
    const busy = { users: 120, reportProbability: 0.2, rightActionProbability: 0 };
    const view = paged('user-report-alert', busy);
    const reports = view.notes('operator.report').map(({ atMs }) => atMs);
    const page = view.notes('operator.paged')[0]!.atMs;
    expect(reports).toContain(page);
    expect(reports.filter((atMs) => atMs <= page && atMs > page - 30 * MINUTE_MS).length).toBe(3);
  });
});

describe('where there is no object it says why', () => {
  test.each([
    ['stale-if-error', 'verification keys never go stale here'],
    ['automatic-retry-fixed', undefined],
    ['lazy-fetch', undefined],
  ])('%s in Napta: %s', (id, reason) => {
    expect(reasonIn(smallNapta(), id)).toBe(reason);
  });

  test.each(['lazy-fetch', 'crash-and-restart'])('%s, where keys are fetched on demand anyway', (id) => {
    const lazy = withRole(smallNapta(), backend, (o) => ({ ...o, verifier: verifierPreset('jose').profile }));
    expect(reasonIn(lazy, id)).toBe('no instance fetches verification keys at boot');
    expect(reasonIn(lazy, 'stale-if-error')).toBeUndefined();
  });

  test.each([
    'readiness-gate',
    'refresh-ahead',
    'stale-if-error',
    'last-known-good-disk',
    'last-good-keys-in-image',
    'shared-key-cache',
    'unavailable-503',
    'startup-self-test',
    'router-eject-skew',
    'router-retry-401',
    'router-drain-alert',
    'skew-alert-401',
    'valid-401-alert',
    'keyless-start-log-alert',
  ])('%s, where nobody verifies tokens', (id) => {
    for (const incident of [cytracom, uniflow])
      expect(reasonIn(scored(incident), id)).toBe('no bearer tokens are verified here');
  });

  test('without a balancer, people to page or a platform that restarts', () => {
    for (const id of ['router-eject-skew', 'router-retry-401', 'router-drain-alert', 'probe-per-instance']) {
      expect(reasonIn(without(smallNapta(), router), id)).toBe('no balancer here');
    }
    for (const id of ['skew-alert-401', 'valid-401-alert', 'probe-through-balancer', 'user-report-alert']) {
      expect(reasonIn(without(smallNapta(), operator), id)).toBe('nobody to page here');
    }
    for (const id of ['crash-and-restart', 'startup-self-test']) {
      expect(reasonIn(without(smallNapta(), orchestrator), id)).toBe('nothing restarts crashed instances here');
    }
  });

  test('what is there already is not put in twice', () => {
    for (const id of ['unavailable-503', 'router-retry-401', 'refresh-ahead']) {
      const once = named(id).apply(smallNapta()) as Scenario;
      expect(reasonIn(once, id)).toMatch(/already$/);
    }
  });
});
