import { describe, expect, test } from 'vitest';
import type { World } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import type { JwkSet } from './jwks.ts';
import { checkKeyPlans, KeyTimeline, withRotation, type KeyPlan } from './key-timeline.ts';
import { KEYS_CHANGED, KEYS_PATH } from './key-timeline-desk.ts';
import { rehearsal } from './rehearsal.ts';
import { makeBrowser, signIn } from './client.ts';

const HOUR_MS = 3_600_000;
const first: KeyPlan = { kid: 'a', publishedAtMs: 0, signsFromMs: 0 };
const rotated = withRotation([first], { kid: 'b', atMs: 1000, publishAheadMs: 300, retainMs: 500 });

describe('a healthy rotation', () => {
  const timeline = new KeyTimeline(rotated);
  const kids = (atMs: number) => timeline.publishedAt(atMs).map(({ kid }) => kid);

  test('publishes the next key before it signs', () => {
    expect(kids(699)).toEqual(['a']);
    expect(kids(700)).toEqual(['a', 'b']);
    expect(timeline.signingAt(999).kid).toBe('a');
    expect(timeline.signingAt(1000).kid).toBe('b');
  });

  test('retains the old key after its last signature, then removes it', () => {
    expect(kids(1499)).toEqual(['a', 'b']);
    expect(kids(1500)).toEqual(['b']);
  });

  test('can be repeated without touching what was planned before', () => {
    const twice = withRotation(rotated, { kid: 'c', atMs: 5000, publishAheadMs: 0, retainMs: 0, alg: 'RS256' });
    expect(twice[0]).toEqual(rotated[0]);
    expect(new KeyTimeline(twice).publishedAt(5000).map(({ kid }) => kid)).toEqual(['c']);
    expect(new KeyTimeline(twice).signingAt(5000).alg).toBe('RS256');
  });
});

test('a key may sign before it is published and be removed before it is retired', () => {
  const timeline = new KeyTimeline([{ kid: 'a', publishedAtMs: 50, signsFromMs: 0, removedAtMs: 100 }]);
  expect(timeline.signingAt(0).kid).toBe('a');
  expect(timeline.publishedAt(0)).toEqual([]);
  expect(timeline.publishedAt(99)).toHaveLength(1);
  expect(timeline.publishedAt(100)).toEqual([]);
  expect(timeline.signingAt(100).kid).toBe('a');
});

test('of several keys that may sign, the one that began last does', () => {
  const old = { kid: 'a', publishedAtMs: 0, signsFromMs: 0 };
  const next = { kid: 'b', publishedAtMs: 0, signsFromMs: 100 };
  for (const plans of [
    [old, next],
    [next, old],
  ]) {
    const timeline = new KeyTimeline(plans);
    expect([99, 100].map((atMs) => timeline.signingAt(atMs).kid)).toEqual(['a', 'b']);
  }
  const together = new KeyTimeline([old, { ...next, signsFromMs: 0 }]);
  expect(together.signingAt(0).kid).toBe('b');
});

describe('a change by hand', () => {
  const removed: KeyPlan = { ...first, removedAtMs: 100 };

  test('puts a key back that was removed, until it is taken away again', () => {
    const timeline = new KeyTimeline(
      [removed],
      [
        { atMs: 200, kid: 'a', does: 'publish' },
        { atMs: 300, kid: 'a', does: 'withdraw' },
      ],
    );
    expect([99, 100, 199, 200, 299, 300].map((atMs) => timeline.publishedAt(atMs).length)).toEqual([1, 0, 0, 1, 1, 0]);
  });

  test('stands until the plan says otherwise later', () => {
    const early = new KeyTimeline([removed], [{ atMs: 50, kid: 'a', does: 'publish' }]);
    expect([99, 100].map((atMs) => early.publishedAt(atMs).length)).toEqual([1, 0]);
    const late = new KeyTimeline([{ ...first, publishedAtMs: 100 }], [{ atMs: 50, kid: 'a', does: 'withdraw' }]);
    expect([99, 100].map((atMs) => late.publishedAt(atMs).length)).toEqual([0, 1]);
  });

  test('makes a retired key sign again, and the next of the plan follows it', () => {
    const plans = withRotation(rotated, { kid: 'c', atMs: 5000, publishAheadMs: 0, retainMs: 0 });
    const timeline = new KeyTimeline(plans, [{ atMs: 2000, kid: 'a', does: 'sign' }]);
    expect([1999, 2000, 4999, 5000].map((atMs) => timeline.signingAt(atMs).kid)).toEqual(['b', 'a', 'a', 'c']);
    // To sign is one thing, to be published another.
    expect(timeline.publishedAt(2000).map(({ kid }) => kid)).toEqual(['b']);
  });

  test('leaves a timeline alone before its moment', () => {
    const plain = new KeyTimeline(rotated);
    const changed = new KeyTimeline(rotated, [{ atMs: 9000, kid: 'a', does: 'publish' }]);
    for (const atMs of [0, 700, 1000, 1500, 8999]) {
      expect(changed.publishedAt(atMs)).toEqual(plain.publishedAt(atMs));
      expect(changed.signingAt(atMs)).toBe(plain.signingAt(atMs));
    }
  });

  const keysAt = function* (world: World) {
    const reply = yield* world.network.call('idp', { method: 'GET', path: '/jwks', source: 'u1', key: 2 });
    return (reply.body as JwkSet).keys.map(({ kid }) => kid);
  };
  const changes = [
    { kid: 'a', does: 'publish' },
    { kid: 'a', does: 'sign' },
    { kid: 'b', does: 'withdraw' },
  ] as const;
  const hard = withRotation([first], { kid: 'b', atMs: 1000, publishAheadMs: 0, retainMs: 0 });

  test.each([true, false])(
    'is asked for by an administrator, and survives a restart with the keys (durable: %s)',
    (durableKeys) => {
      const seen: unknown[] = [];
      function* revert(world: World) {
        yield* world.timers.sleepUntil(2000);
        seen.push(yield* keysAt(world));
        const body = { changes };
        const request = { method: 'POST', path: KEYS_PATH, body, source: 'admin', key: 1 } as const;
        seen.push((yield* world.network.call('idp', request)).status, yield* keysAt(world));
        const browser = makeBrowser({ user: 'u1', clientId: 'app', idp: 'idp' });
        yield* signIn(world, browser, { key: 1 });
        seen.push(browser.tokens!.accessToken.header.kid);
        yield* world.hosts!.stop('idp', 0);
        world.hosts!.start('idp');
        yield* world.timers.sleep(10);
        seen.push(yield* keysAt(world));
      }
      const record = runScenario(rehearsal(revert, { keys: hard, durableKeys }), { seed: 1 });
      expect(seen).toEqual([['b'], 204, ['a'], 'a', durableKeys ? ['a'] : ['b']]);
      const notes = record.notes.filter(({ kind }) => kind === KEYS_CHANGED);
      expect(notes.map(({ detail }) => detail)).toEqual(changes);
    },
  );

  test('of a key that no plan has is refused whole, as is another method', () => {
    const seen: unknown[] = [];
    function* ask(world: World) {
      const unknown = { changes: [changes[0], { kid: 'x', does: 'publish' }] };
      for (const method of ['POST', 'GET'] as const) {
        const request = { method, path: KEYS_PATH, body: unknown, source: 'admin', key: 1 };
        seen.push((yield* world.network.call('idp', request)).status);
      }
      yield* world.timers.sleepUntil(2000);
      seen.push(yield* keysAt(world));
    }
    runScenario(rehearsal(ask, { keys: hard }), { seed: 1 });
    expect(seen).toEqual([400, 405, ['b']]);
  });
});

test('a moment without a signing key is an error that names the moment', () => {
  const timeline = new KeyTimeline([{ ...first, retiredAtMs: 10 }]);
  expect(timeline.signingAt(9).kid).toBe('a');
  expect(() => timeline.signingAt(10)).toThrow('No key of the timeline signs at 10 ms.');
});

test('impossible lives are refused by name', () => {
  expect(() => checkKeyPlans([])).toThrow('holds no key');
  expect(() => checkKeyPlans([{ ...first, retiredAtMs: 0 }])).toThrow('key "a" is retired before it signs');
  expect(() => checkKeyPlans([{ ...first, removedAtMs: 0 }])).toThrow('key "a" is removed before it is published');
  expect(() => checkKeyPlans([{ ...first, signsFromMs: NaN }])).toThrow('key "a" has a time that is no number');
  expect(() => checkKeyPlans(rotated)).not.toThrow();
});

describe('the JWK Set endpoint', () => {
  interface Seen {
    readonly kids: readonly (string | undefined)[];
    readonly signedBy: string | undefined;
    readonly oldTokenVerifies: boolean;
  }

  test('follows the timeline: published, both, removed; and tokens name the key that signs', () => {
    const keys = withRotation([first], { kid: 'b', atMs: HOUR_MS, publishAheadMs: 600_000, retainMs: HOUR_MS });
    const seen: Seen[] = [];
    function* look(world: World) {
      const browser = makeBrowser({ user: 'u1', clientId: 'app', idp: 'idp' });
      yield* signIn(world, browser, { key: 1 });
      const oldToken = browser.tokens!.accessToken;
      for (const atMs of [0, HOUR_MS - 300_000, HOUR_MS + 1, 2 * HOUR_MS + 1]) {
        yield* world.timers.sleepUntil(atMs);
        const reply = yield* world.network.call('idp', { method: 'GET', path: '/jwks', source: 'u1', key: 2 });
        const set = (reply.body as JwkSet).keys;
        const signed = yield* signIn(world, browser, { key: 3 });
        const own = set.find(({ kid }) => kid === oldToken.header.kid);
        seen.push({
          kids: set.map(({ kid }) => kid),
          signedBy: signed.ok ? signed.tokens.accessToken.header.kid : undefined,
          oldTokenVerifies: own !== undefined && (yield* world.seals.verify(oldToken, own)),
        });
      }
    }
    runScenario(rehearsal(look, { keys }, 3 * HOUR_MS), { seed: 1 });
    expect(seen).toEqual([
      { kids: ['a'], signedBy: 'a', oldTokenVerifies: true },
      { kids: ['a', 'b'], signedBy: 'a', oldTokenVerifies: true },
      { kids: ['a', 'b'], signedBy: 'b', oldTokenVerifies: true },
      { kids: ['b'], signedBy: 'b', oldTokenVerifies: false },
    ]);
  });

  test.each([
    { durableKeys: true, verifies: true },
    { durableKeys: false, verifies: false },
  ])('after a restart tokens verify as before only with durable keys ($durableKeys)', ({ durableKeys, verifies }) => {
    const seen: unknown[] = [];
    function* restart(world: World) {
      const browser = makeBrowser({ user: 'u1', clientId: 'app', idp: 'idp' });
      yield* signIn(world, browser, { key: 1 });
      yield* world.hosts!.stop('idp', 0);
      world.hosts!.start('idp');
      yield* world.timers.sleep(10);
      const reply = yield* world.network.call('idp', { method: 'GET', path: '/jwks', source: 'u1', key: 2 });
      const [jwk] = (reply.body as JwkSet).keys;
      seen.push(jwk!.kid, yield* world.seals.verify(browser.tokens!.accessToken, jwk!));
    }
    runScenario(rehearsal(restart, { durableKeys }), { seed: 1 });
    expect(seen).toEqual(['key-1', verifies]);
  });
});
