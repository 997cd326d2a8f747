import { describe, expect, test } from 'vitest';
import { cast, type Scenario } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { defaultEdgeCacheOptions, edgeCache } from '../edge-cache/index.ts';
import { defaultIdpOptions, idp, withRotation } from '../idp/index.ts';
import { standIn } from '../rehearsal.ts';
import { BrowserCache } from './browser-cache.ts';
import type { ConsoleUsersOptions } from './console-users-options.ts';
import { consoleUsers } from './console-users.ts';

const MINUTE_MS = 60_000;
const ROTATION_MS = 60 * MINUTE_MS;

interface Stage extends Partial<ConsoleUsersOptions> {
  readonly readerMaxAgeMs?: number;
}

/** Four hours; the key is rotated without overlap after one. The edge keeps nothing of note, the browsers what they are told. */
function stage({ readerMaxAgeMs = 0, ...options }: Stage = {}): Scenario {
  const keys = withRotation(defaultIdpOptions.keys, {
    kid: 'key-2',
    atMs: ROTATION_MS,
    publishAheadMs: 0,
    retainMs: 0,
  });
  const rule = { path: '/jwks', maxAgeMs: 1, staleWhileRevalidateMs: 0, staleIfErrorMs: 0, readerMaxAgeMs };
  const people: ConsoleUsersOptions = {
    population: 'console',
    userCount: 40,
    idp: 'idp',
    clientId: 'console',
    keysFrom: 'edge',
    keysPath: '/jwks',
    operator: 'operator',
    fromMs: MINUTE_MS,
    untilMs: 4 * ROTATION_MS,
    visitEveryMeanMs: 20 * MINUTE_MS,
    visitMs: 10 * MINUTE_MS,
    patienceMs: 15_000,
    retryAfterMeanMs: 10_000,
    triesBeforeGivingUp: 4,
    privateWindowAfterTries: 2,
    privateWindowProbability: 0,
    reports: { afterTroubles: 1, probability: 1, delayMedianMs: MINUTE_MS, delaySigma: 0.1 },
    ...options,
  };
  const edge = { ...defaultEdgeCacheOptions, origin: 'idp', rules: [rule] };
  return {
    id: 'console',
    cast: [
      cast({ name: 'idp', pool: 'idp', role: idp, options: { ...defaultIdpOptions, keys } }),
      cast({ name: 'edge', pool: 'edges', role: edgeCache, options: edge }),
      standIn('operator', 'people'),
      cast({ name: 'crowd', pool: 'users', role: consoleUsers, options: people }),
    ],
    faults: [],
    links: { default: { baseMs: 1, jitterMeanMs: 0 } },
    windows: [{ fromMs: 0, untilMs: 4 * ROTATION_MS }],
    endMs: 4 * ROTATION_MS,
  };
}

function run(options?: Stage): RecordView {
  return new RecordView(runScenario(stage(options), { seed: 1 }));
}

const signIns = (view: RecordView, labels: Record<string, string>, span?: { fromMs: number; untilMs: number }) =>
  view.total('console.sign-ins', { population: 'console', ...labels }, span);
const before = { fromMs: 0, untilMs: ROTATION_MS };
const after = { fromMs: ROTATION_MS + MINUTE_MS, untilMs: 4 * ROTATION_MS };

describe('people whose browser judges the token', () => {
  test('notice nothing of a rotation when their browser keeps nothing', () => {
    const view = run();
    expect(signIns(view, { outcome: 'ok', keys: 'network' })).toBe(signIns(view, {}));
    expect(signIns(view, { outcome: 'ok' }, after)).toBeGreaterThan(100);
    expect(view.usersHit('console')).toEqual([]);
  });

  test('fail with the keys that their browser keeps, for as long as it keeps them', () => {
    const view = run({ readerMaxAgeMs: 60 * MINUTE_MS });
    expect(signIns(view, { outcome: 'unknown-key' }, before)).toBe(0);
    const failed = signIns(view, { outcome: 'unknown-key' }, after);
    expect(failed).toBeGreaterThan(20);
    expect(signIns(view, { outcome: 'unknown-key', keys: 'cache' }, after)).toBe(failed);
    // Who fetched just before the rotation is stuck for an hour, nobody longer.
    const late = { fromMs: 2 * ROTATION_MS + MINUTE_MS, untilMs: 4 * ROTATION_MS };
    expect(signIns(view, { outcome: 'unknown-key' }, late)).toBe(0);
    expect(signIns(view, { outcome: 'ok' }, late)).toBeGreaterThan(100);
  });

  test('get in with a private window, and give up without one', () => {
    const stuck = run({ readerMaxAgeMs: 240 * MINUTE_MS });
    const freed = run({ readerMaxAgeMs: 240 * MINUTE_MS, privateWindowProbability: 1 });
    expect(signIns(stuck, { outcome: 'ok', keys: 'network' }, after)).toBeLessThan(20);
    const recovered = (view: RecordView) => view.total('user.intentions-recovered', { population: 'console' });
    expect(recovered(stuck)).toBe(0);
    // The last one may not have come to an end.
    const failed = freed.total('user.intentions-failed', { population: 'console' });
    expect(recovered(freed)).toBeGreaterThanOrEqual(failed - 1);
    const harm = (view: RecordView) => view.disruptedUserMinutes(['console']);
    expect(harm(freed)).toBeLessThan(harm(stuck) / 3);
  });

  test('write to support', () => {
    const view = run({ readerMaxAgeMs: 240 * MINUTE_MS });
    const reports = view.notes('served').filter(({ detail }) => detail['path'] === '/report');
    expect(reports.length).toBe(view.usersHit('console').length);
  });
});

describe('the cache of a browser', () => {
  const reply = (headers: Record<string, string>, status = 200) => ({ status, headers });

  test.each([
    [reply({ 'cache-control': 'max-age=60' }), 59_999, true],
    [reply({ 'cache-control': 'max-age=60' }), 60_000, false],
    [reply({ 'cache-control': 'public, max-age=60', age: '40' }), 19_999, true],
    [reply({ 'cache-control': 'public, max-age=60', age: '40' }), 20_000, false],
    [reply({ 'cache-control': 's-maxage=60' }), 1, false],
    [reply({}), 1, false],
    [reply({ 'cache-control': 'max-age=60' }, 503), 1, false],
  ])('%j after %i ms: %s', (kept, atMs, isHeld) => {
    const cache = new BrowserCache();
    cache.keep('/jwks', kept, 0);
    expect(cache.find('/jwks', atMs) !== undefined).toBe(isHeld);
  });
});
