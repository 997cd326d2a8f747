import { describe, expect, test } from 'vitest';
import type { Reply, World } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { rehearsal } from '../rehearsal.ts';
import { outcomeOf, Tally } from './tally.ts';

describe('the outcome of a reply', () => {
  test.each<[string, Reply]>([
    ['ok', { status: 200 }],
    ['ok', { status: 204 }],
    ['ok', { status: 302, headers: { location: '/app/home' } }],
    ['login-redirect', { status: 302, headers: { location: '/login?reason=foreign-seal' } }],
    ['unauthorized', { status: 401 }],
    ['client-error', { status: 404 }],
    ['client-error', { status: 403 }],
    ['rate-limited', { status: 429 }],
    ['server-error', { status: 500 }],
    ['server-error', { status: 503 }],
    ['no-answer', { status: 0, failure: 'timeout' }],
    ['refused', { status: 0, failure: 'refused' }],
    ['refused', { status: 0, failure: 'reset' }],
    ['refused', { status: 0, failure: 'cut' }],
  ])('is %s for %o', (outcome, reply) => {
    expect(outcomeOf(reply)).toBe(outcome);
  });
});

test('attempts are counted by request, outcome and instance; without an instance that answered, by none', () => {
  function* script(world: World) {
    const tally = new Tally(world, 'users');
    const from = (instance: string) => ({ 'x-instance': instance });
    tally.attempt('api', { status: 200, headers: from('app-1') }, 30);
    tally.attempt('api', { status: 200, headers: from('app-1') }, 50);
    tally.attempt('api', { status: 401, headers: from('app-2') }, 10);
    tally.attempt('page', { status: 503 }, 10);
    tally.attempt('page', { status: 0, failure: 'timeout' }, 15_000);
  }
  const view = new RecordView(runScenario(rehearsal([], script), { seed: 1 }));
  const counted = view
    .series('user.attempts')
    .map(({ labels, total }) => `${Object.values(labels).join(' ')}: ${total}`);
  expect(counted).toEqual([
    'users api ok app-1: 2',
    'users api unauthorized app-2: 1',
    'users page server-error none: 1',
    'users page no-answer none: 1',
  ]);
  const [latency] = view.series('user.latency');
  expect([latency!.total, latency!.sumMs]).toEqual([2, 80]);
});
