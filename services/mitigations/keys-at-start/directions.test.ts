import { describe, expect, test } from 'vitest';
import { cast, withRole, type Request, type Scenario, type World } from '../../../simulator/contract/index.ts';
import { exposureOf } from '../../../simulator/experiment/exposure.ts';
import type { RecordView } from '../../../simulator/experiment/index.ts';
import { backend, verifierPreset } from '../../backend/index.ts';
import { bindFault, refuse } from '../../faults/index.ts';
import { idp, withRotation } from '../../idp/index.ts';
import { orchestrator } from '../../operator/index.ts';
import { router, routerPreset } from '../../router/index.ts';
import { actionCount, harm, LATER, MINUTE_MS, run, smallNapta, T0_MS } from '../../../test/mitigations/small-napta.ts';

/** Statuses of a public page, which needs no token, asked for once a minute in the trouble. */
function publicPage(scenario: Scenario, ids: readonly string[]): readonly number[] {
  const statuses: number[] = [];
  const visitor = {
    name: 'visitor',
    main: function* visit(world: World) {
      for (let minute = 2; minute < 30; minute++) {
        yield* world.timers.sleepUntil(T0_MS + minute * MINUTE_MS);
        const request: Request = { method: 'GET', path: '/public/page', source: 'visitor', key: minute };
        statuses.push((yield* world.network.call('router', request)).status);
      }
    },
  };
  const host = cast({ name: 'visitor', pool: 'visitors', role: visitor, options: {} });
  run({ ...scenario, cast: [...scenario.cast, host] }, ids);
  return statuses;
}

describe('a readiness gate when all instances miss their keys', () => {
  const allInside = smallNapta({ startedInside: 4 });
  const control = run(allInside);
  const gated = run(allInside, ['readiness-gate']);

  test('helps nobody: it is as bad or worse', () => {
    expect(harm(control)).toBeGreaterThan(500);
    expect(harm(gated)).toBeGreaterThanOrEqual(harm(control));
    expect(actionCount(gated, 'readiness-gate')).toBeGreaterThan(0);
  });

  test('takes the whole pool out: public pages go down with it', () => {
    expect(publicPage(allInside, [])).toEqual(Array(28).fill(200));
    expect(publicPage(allInside, ['readiness-gate'])).toEqual(Array(28).fill(503));
  });

  test('where one of four misses them it spares everybody', () => {
    expect(harm(run(smallNapta(), ['readiness-gate']))).toBe(0);
  });
});

describe('ejection that counts 5xx', () => {
  const behindEnvoy = withRole(smallNapta({ instances: 16, startedInside: 1, users: 120 }), router, (options) => ({
    ...routerPreset('envoy').options,
    pool: options.pool,
  }));

  test('is blind to an instance that answers 401', () => {
    const view = run(behindEnvoy);
    expect(view.total('user.attempts', { outcome: 'unauthorized' })).toBeGreaterThan(100);
    expect(view.notes('router.ejected')).toEqual([]);
  });

  test('sees it when it tells the truth: with 503 it is ejected, and fewer are harmed', () => {
    const view = run(behindEnvoy, ['unavailable-503']);
    expect(view.notes('router.ejected').length).toBeGreaterThan(3);
    expect(harm(view, LATER)).toBeLessThan(harm(run(behindEnvoy), LATER) * 0.75);
  });
});

describe('503 with Retry-After', () => {
  test('spares the sign-outs and the sign-ins that follow them; the provider is asked for fewer tokens', () => {
    const control = run(smallNapta());
    const view = run(smallNapta(), ['unavailable-503']);
    expect(control.total('user.sign-ins', { forced: 'yes' })).toBeGreaterThan(100);
    expect(view.total('user.sign-ins', { forced: 'yes' })).toBe(0);
    const tokens = (each: RecordView): number => each.total('idp.requests', { endpoint: 'token' });
    expect(tokens(view)).toBeLessThan(tokens(control) / 2);
  });

  test('is obeyed: with a longer one users ask again later', () => {
    const withPause = (retryAfterSeconds: number): RecordView => {
      const honest = withRole(smallNapta(), backend, (options) => ({
        ...options,
        retryAfterSeconds,
        verifier: { ...options.verifier!, statusOnKeysUnavailable: 503 as const },
      }));
      return run(honest);
    };
    const slow = withPause(120);
    const quick = withPause(5);
    expect(slow.total('user.attempts', { outcome: 'server-error' })).toBeGreaterThan(0);
    expect(harm(slow)).toBeGreaterThan(1.2 * harm(quick));
  });
});

describe('a liveness probe that depends on the identity provider', () => {
  const liveness = { pools: ['api'], path: '/livez', periodMs: 10_000, timeoutMs: 1_000, failuresInRow: 3 };
  const probed = withRole(smallNapta(), orchestrator, (options) => ({ ...options, liveness }));
  const trapped = withRole(probed, backend, (options) => ({ ...options, liveness: 'identity-provider' as const }));

  test('kills instances that were well, which come back without keys: far worse than the outage by itself', () => {
    const control = run(probed);
    const view = run(trapped);
    expect(control.notes('orchestrator.killed')).toEqual([]);
    // The fourth is just booting, and is left in peace until its first good answer.
    const killed = new Set(view.notes('orchestrator.killed').map(({ detail }) => detail['instance']));
    expect(killed.size).toBe(3);
    expect(killed.has('api-04')).toBe(false);
    expect(harm(view)).toBeGreaterThan(2 * harm(control));
  });
});

describe('stale-if-error where a key is withdrawn while its document cannot be fetched', () => {
  const WITHDRAWN_MS = 55 * MINUTE_MS;
  const HOURS = 12;
  /** Everybody fetches on demand and keeps keys 10 minutes; the documents fail for instances from the moment of withdrawal. */
  function scenario(outageMinutes: number): Scenario {
    const whole = smallNapta({ startedInside: 1, startBeforeT0Ms: 0, tokenLifetimeMs: HOURS * 60 * MINUTE_MS });
    const rotation = { kid: 'key-2', atMs: WITHDRAWN_MS, publishAheadMs: 20 * MINUTE_MS, retainMs: 0 };
    const rotated = withRole(whole, idp, (options) => ({ ...options, keys: withRotation(options.keys, rotation) }));
    const lazy = withRole(rotated, backend, (options) => ({ ...options, verifier: verifierPreset('jose').profile }));
    const away = bindFault(refuse(), {
      id: 'keys-away',
      target: 'idp',
      endpoints: ['/jwks', '/.well-known/openid-configuration'],
      callers: ['api-*'],
      fromMs: WITHDRAWN_MS - MINUTE_MS,
      untilMs: WITHDRAWN_MS + outageMinutes * MINUTE_MS,
    });
    const endMs = WITHDRAWN_MS + 120 * MINUTE_MS;
    return { ...lazy, faults: [away], windows: [{ fromMs: 0, untilMs: endMs }], endMs };
  }

  function removedKeyMinutes(view: RecordView): number {
    return (exposureOf(view).find(({ kind }) => kind === 'removed-key')?.longestAdmittedMs ?? 0) / MINUTE_MS;
  }

  test('serves users, and lets the withdrawn key in for longer than its budget of an hour', () => {
    const span = { fromMs: WITHDRAWN_MS, untilMs: WITHDRAWN_MS + 120 * MINUTE_MS };
    const control = run(scenario(110));
    const view = run(scenario(110), ['stale-if-error']);
    expect(actionCount(view, 'stale-if-error')).toBeGreaterThan(0);
    expect(harm(view, span)).toBeLessThan(harm(control, span));
    expect(removedKeyMinutes(control)).toBeLessThanOrEqual(15);
    expect(removedKeyMinutes(view)).toBeGreaterThan(60);
  });

  test('costs nothing while the documents can be fetched: exactly the control', () => {
    const calm: Scenario = { ...scenario(1), faults: [] };
    const trace = (ids: readonly string[]) => run(calm, ids).record.traceHash;
    expect(trace(['stale-if-error'])).toBe(trace([]));
  });
});
