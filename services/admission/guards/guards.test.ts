import { describe, expect, test } from 'vitest';
import { cast, type Reply, type Request, type World } from '../../../simulator/contract/index.ts';
import { binomialBand, RecordView } from '../../../simulator/experiment/index.ts';
import { runScenario } from '../../../simulator/virtual/index.ts';
import { bindFault, status } from '../../faults/index.ts';
import { defaultIdpOptions, idp, type IdpOptions } from '../../idp/index.ts';
import { instantly } from '../../idp/rehearsal.ts';
import { ask, rehearsal } from '../../rehearsal.ts';
import { DEADLINE_HEADER, envoyAdmissionControl, TALKERS_PATH, type AdmissionOptions } from '../index.ts';

const HOUR_MS = 3_600_000;
const ID = 'guard';

type Sent = Partial<Request> & { readonly atMs: number };

const preissued = ['dead', 'live'].map((name) => ({
  refreshToken: `refresh/${name}`,
  username: name,
  clientId: 'c',
  scope: 'openid',
  expiresAtMs: name === 'dead' ? 60_000 : 100 * HOUR_MS,
}));

function refreshOf(name: string, clientId = 'c'): Partial<Request> {
  return {
    path: '/token',
    body: { grant_type: 'refresh_token', refresh_token: `refresh/${name}`, client_id: clientId },
  };
}

function send(admission: AdmissionOptions, sent: readonly Sent[], options: Partial<IdpOptions> = {}, failing = false) {
  const replies: Reply[] = [];
  function* script(world: World) {
    for (const [key, { atMs, ...rest }] of sent.entries()) {
      yield* world.timers.sleepUntil(atMs);
      replies.push(yield* ask(world, 'auth', { method: 'POST', path: '/token', key, ...rest }));
    }
  }
  const auth = { ...defaultIdpOptions, serviceTimes: instantly, preissued, ...options, admission };
  const hosts = [cast({ name: 'auth', pool: 'auth', role: idp, options: auth })];
  const fault = bindFault(status({ status: 503 }), { id: 'ill', target: 'auth', fromMs: 0, untilMs: HOUR_MS });
  const stage = rehearsal(hosts, script, { endMs: 30 * HOUR_MS, faults: failing ? [fault] : [] });
  const view = new RecordView(runScenario(stage, { seed: 1 }));
  return {
    statuses: replies.map((reply) => reply.status),
    replies,
    served: view.total('idp.requests'),
    actions: view.total('mitigation.actions', { mitigation: ID }),
  };
}

const as = (agent: string | undefined, atMs = 0): Sent =>
  agent === undefined ? { atMs } : { atMs, headers: { 'user-agent': agent } };

describe('by their User-Agent', () => {
  test('blocked clients are refused with 403 by how it begins, others and the silent pass', () => {
    const guards = [{ kind: 'agent-block' as const, prefixes: ['desktop/1'], actedAs: ID }];
    const { statuses, served, actions } = send({ guards }, [as('desktop/1'), as('desktop/2'), as(undefined)]);
    // 400: the service itself finds no grant type in these.
    expect(statuses).toEqual([403, 400, 400]);
    expect(served).toBe(2);
    expect(actions).toBe(1);
  });

  test('versions below the minimum are told 426; the minimum itself, other products and no version are not', () => {
    const guards = [{ kind: 'minimum-version' as const, product: 'desktop', version: 2, actedAs: ID }];
    const agents = ['desktop/1', 'desktop/1.9', 'desktop/2', 'desktop/10', 'mobile/1', 'desktop/beta', undefined];
    const { statuses } = send(
      { guards },
      agents.map((agent) => as(agent)),
    );
    expect(statuses).toEqual([426, 426, 400, 400, 400, 400, 400]);
  });
});

describe('an edge that reads the expiry', () => {
  const guards = [{ kind: 'expired-tokens' as const, actedAs: ID }];

  test('refuses an expired refresh token as the service would, at no cost to it, and lets live and unknown ones by', () => {
    const sent = [
      { atMs: 59_000, ...refreshOf('dead') },
      { atMs: 61_000, ...refreshOf('dead') },
      { atMs: 62_000, ...refreshOf('live') },
      { atMs: 63_000, ...refreshOf('never-issued') },
    ];
    // Without a worker free it can only be the edge that answers.
    const { statuses, served, actions, replies } = send({ guards }, sent);
    expect(statuses).toEqual([200, 400, 200, 400]);
    expect(served).toBe(3);
    expect(actions).toBe(1);
    expect(replies[1]!.body).toEqual(send({}, [{ atMs: 61_000, ...refreshOf('dead') }]).replies[0]!.body);
  });

  test('knows of broken glass', () => {
    const breakGlass = { refreshLeewayMs: HOUR_MS, accessTokenLifetimeMs: HOUR_MS };
    expect(send({ guards }, [{ atMs: 61_000, ...refreshOf('dead') }], { breakGlass }).statuses).toEqual([200]);
  });
});

describe('an edge that remembers refusals', () => {
  const cache = { kind: 'dead-token-cache' as const, lifetimeMs: 600_000, entryLimit: 2, actedAs: ID };
  const dead = (atMs: number, name = 'dead', client?: string): Sent => ({ atMs, ...refreshOf(name, client) });

  test('repeats the answer itself until its time is over, then asks again', () => {
    const sent = [61_000, 62_000, 660_000, 662_000, 663_000].map((atMs) => dead(atMs));
    const { statuses, served, actions, replies } = send({ guards: [cache] }, sent);
    expect(statuses).toEqual([400, 400, 400, 400, 400]);
    // The service saw the first and the one after ten minutes.
    expect(served).toBe(2);
    expect(actions).toBe(3);
    expect(replies[1]).toEqual(replies[0]);
  });

  test('does not remember success, nor what another client asked', () => {
    const live = [dead(1_000, 'live'), dead(2_000, 'live', 'thief')];
    expect(send({ guards: [cache] }, live).statuses).toEqual([200, 400]);
    const crossed = [dead(1_000, 'live', 'thief'), dead(2_000, 'live')];
    expect(send({ guards: [cache] }, crossed).statuses).toEqual([400, 200]);
  });

  test('forgets the oldest when it is full', () => {
    const names = ['a', 'b', 'c', 'a', 'c'];
    const { served } = send(
      { guards: [cache] },
      names.map((name, index) => dead(1_000 + index, name)),
    );
    // a, b, c are unknown tokens; c pushes a out, which is asked anew and pushes b out; c is still there.
    expect(served).toBe(4);
  });
});

describe('admission by success rate', () => {
  const guards = [{ ...envoyAdmissionControl, actedAs: ID }];
  const each100ms = (count: number): Sent[] => Array.from({ length: count }, (_, index) => ({ atMs: index * 100 }));

  test('does nothing while 400s are answered: to it they are successes', () => {
    const { actions, statuses } = send({ guards }, each100ms(300));
    expect(new Set(statuses)).toEqual(new Set([400]));
    expect(actions).toBe(0);
  });

  test('refuses eight in ten, and no more, when nothing succeeds', () => {
    const { statuses, actions } = send({ guards }, each100ms(2_000), {}, true);
    expect(new Set(statuses)).toEqual(new Set([503]));
    // n failures give p = n / (n + 1), so from the fourth on it is at its cap of 0.8.
    const band = binomialBand(2_000, 0.8, 0.99);
    expect(actions).toBeGreaterThan(band.lowCount - 4);
    expect(actions).toBeLessThan(band.highCount + 1);
  });
});

describe('a talker count', () => {
  test('counts what each client asks beyond its fair share of a window, and refuses nobody', () => {
    const guards = [{ kind: 'talker-count' as const, windowMs: 60_000, fairCount: 3 }];
    const from = (source: string, atMs: number): Sent => ({ atMs, source });
    const loud = Array.from({ length: 10 }, (_, index) => from('loud', index * 1_000));
    const quiet = ['a', 'b', 'c'].map((source) => from(source, 20_000));
    const again = Array.from({ length: 4 }, (_, index) => from('loud', 61_000 + index));
    const { replies, statuses } = send({ guards }, [
      ...loud,
      ...quiet,
      ...again,
      { atMs: 62_000, method: 'GET', path: TALKERS_PATH },
    ]);
    // Seven of the ten, none of the quiet ones, one of the four of the next minute.
    expect(replies.at(-1)!.body).toEqual({ excessRequestCount: 8 });
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set([400]));
  });
});

describe('a deadline', () => {
  const tells = (atMs: number, deadlineMs: number): Sent => ({
    atMs,
    headers: { [DEADLINE_HEADER]: String(deadlineMs) },
  });

  test('that has passed ends the request with 504 before any work, one to come does not', () => {
    const { statuses, served, actions } = send({ deadlines: { actedAs: ID } }, [
      tells(1_000, 1_001),
      tells(2_000, 2_002),
    ]);
    // The way takes 1 ms: at its deadline to the moment nobody waits any more.
    expect(statuses).toEqual([504, 400]);
    expect(served).toBe(1);
    expect(actions).toBe(1);
  });

  test('means nothing to a service that does not know it', () => {
    expect(send({}, [tells(1_000, 1)]).statuses).toEqual([400]);
  });
});

test('more workers have acted only when more are busy than there were', () => {
  const slow = { ...instantly, token: { meanMs: 1_000, shape: 'fixed' as const } };
  const capacity = { concurrency: 2, queueLimit: 10, overflow: 'refuse' as const };
  const scaledOut = { fromConcurrency: 1, actedAs: ID };
  const run = (sent: readonly Sent[]) => send({ scaledOut }, sent, { serviceTimes: slow, capacity }).actions;
  expect(run([{ atMs: 0 }, { atMs: 2_000 }])).toBe(0);
  const replies: number[] = [];
  function* one(world: World, key: number) {
    replies.push((yield* ask(world, 'auth', { method: 'POST', path: '/token', key })).status);
  }
  function* both(world: World) {
    yield* world.tasks.all(one(world, 1), one(world, 2));
  }
  const options = { ...defaultIdpOptions, serviceTimes: slow, capacity, admission: { scaledOut } };
  const host = cast({ name: 'auth', pool: 'auth', role: idp, options });
  const view = new RecordView(runScenario(rehearsal([host], both), { seed: 1 }));
  expect(view.total('mitigation.actions', { mitigation: ID })).toBe(1);
});

test('weightless requests pass every guard and leave no trace with it', () => {
  const guards = [
    { kind: 'agent-block' as const, prefixes: ['desktop/1'], actedAs: ID },
    { kind: 'dead-token-cache' as const, lifetimeMs: 600_000, entryLimit: 10, actedAs: ID },
  ];
  const measuring = { weightless: true, headers: { 'user-agent': 'desktop/1' } };
  const sent = [
    { atMs: 61_000, ...refreshOf('dead'), ...measuring },
    { atMs: 62_000, ...refreshOf('dead'), ...measuring },
    { atMs: 63_000, ...refreshOf('dead') },
  ];
  const { statuses, served, actions } = send({ guards }, sent);
  expect(statuses).toEqual([400, 400, 400]);
  expect(served).toBe(1);
  expect(actions).toBe(0);
});
