import { expect, test } from 'vitest';
import { cast, type Process, type World } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { ask, rehearsal } from '../rehearsal.ts';
import { backend, defaultBackendOptions, METRICS_PATH, REPEATED_SIGN_INS } from './index.ts';

const app = cast({
  name: 'app',
  pool: 'app',
  role: backend,
  options: {
    ...defaultBackendOptions,
    idp: { host: 'none', issuer: 'none', audience: 'none' },
    bootMs: 0,
    session: { secrets: ['s'] as const, destructiveRejection: true, resignOnRead: false, lifetimeMs: 3_600_000 },
  },
});

function countAfter(script: (world: World) => Process<void>): number {
  let count = -1;
  function* counted(world: World): Process<void> {
    yield* script(world);
    const { body } = yield* ask(world, 'app', { path: METRICS_PATH });
    count = (body as Record<string, number>)[REPEATED_SIGN_INS]!;
  }
  runScenario(rehearsal([app], counted), { seed: 1 });
  return count;
}

function* signIn(world: World, user: string, weightless = false): Process<void> {
  yield* ask(world, 'app', { method: 'POST', path: '/login', body: { user }, weightless });
}

test('a sign-in within five minutes of the same user’s last one is a repetition; another user’s, or a later one, is not', () => {
  const count = countAfter(function* (world) {
    for (const user of ['ann', 'bob', 'ann', 'ann']) yield* signIn(world, user);
    yield* world.timers.sleep(301_000);
    yield* signIn(world, 'ann');
  });
  expect(count).toBe(2);
});

test('measuring sign-ins are not counted, and the count begins anew with the process', () => {
  expect(
    countAfter(function* (world) {
      for (let time = 0; time < 3; time++) yield* signIn(world, 'attacker', true);
    }),
  ).toBe(0);
  expect(
    countAfter(function* (world) {
      for (let time = 0; time < 3; time++) yield* signIn(world, 'ann');
      world.hosts!.crash('app');
      world.hosts!.start('app');
      yield* world.timers.sleep(10);
    }),
  ).toBe(0);
});
