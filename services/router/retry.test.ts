import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Reply, type World } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { bindFault, reset } from '../faults/index.ts';
import { ask, rehearsal, standIn, type RehearsalOptions, type StandInOptions } from '../rehearsal.ts';
import { router, type RetryOptions, type RouterOptions } from './index.ts';

const FAILED_CONNECTION: RetryOptions = { attemptCount: 1, retries: ['no-answer'] };

function edge(retry: RetryOptions | undefined, rest: Partial<RouterOptions> = {}): HostSpec {
  const options: RouterOptions = {
    pool: 'app',
    stickiness: 'none',
    connectionIdleMs: 240_000,
    upstreamTimeoutMs: 2_000,
    ...(retry === undefined ? {} : { retry }),
    ...rest,
  };
  return cast({ name: 'edge', pool: 'edges', role: router, options });
}

interface Outcome {
  readonly reply: Reply;
  readonly tookMs: number;
  readonly record: RunRecord;
  /** Instances that had the request, in order, with the keys that it came under. */
  readonly visits: readonly { readonly instance: string; readonly key: number }[];
}

/** One request with key 7 to a pool of such instances. */
function send(instances: readonly StandInOptions[], edgeHost: HostSpec, options: RehearsalOptions = {}): Outcome {
  const hosts = instances.map((instance, index) => standIn(`app-${index + 1}`, 'app', instance));
  let outcome: Pick<Outcome, 'reply' | 'tookMs'> | undefined;
  function* script(world: World) {
    const reply = yield* ask(world, 'edge', { key: 7 });
    outcome = { reply, tookMs: world.clock.nowMs() };
  }
  const record = runScenario(rehearsal([...hosts, edgeHost], script, options), { seed: 1 });
  const served = record.notes.filter(({ kind }) => kind === 'served');
  const visits = served.map(({ host, detail }) => ({ instance: host, key: Number(detail['key']) }));
  return { ...outcome!, record, visits };
}

const well: StandInOptions = {};
const down: StandInOptions = { bootMs: Infinity };
const silent: StandInOptions = { serviceMs: Infinity };
const refusing401: StandInOptions = { answer: () => ({ status: 401 }) };

describe('without a retry', () => {
  test('an instance that is down gives 502, one that is too slow 504 after the router’s patience', () => {
    expect(send([down, well], edge(undefined)).reply.status).toBe(502);
    const slow = send([silent, well], edge(undefined));
    expect(slow.reply.status).toBe(504);
    expect(slow.tookMs).toBe(2_002);
  });

  test('a connection that dies before the answer gives 502', () => {
    const faults = [bindFault(reset(), { id: 'dies', target: 'app-1', fromMs: 0, untilMs: 1e6 })];
    expect(send([well], edge(undefined), { faults }).reply.status).toBe(502);
  });

  test('an instance’s own answer passes as it is, headers and body included', () => {
    const answer = () => ({ status: 429, headers: { 'retry-after': '7' }, body: { why: 'busy' } });
    const { reply } = send([{ answer }], edge(undefined));
    expect(reply).toMatchObject({
      status: 429,
      headers: { 'retry-after': '7', 'x-instance': 'app-1' },
      body: { why: 'busy' },
    });
  });
});

describe('a retry', () => {
  test('goes to another instance, under a key of its own', () => {
    const { reply, visits } = send([silent, well], edge(FAILED_CONNECTION));
    expect(reply).toMatchObject({ status: 200, headers: { 'x-instance': 'app-2' } });
    expect(visits.map(({ instance }) => instance)).toEqual(['app-1', 'app-2']);
    expect(visits[0]!.key).toBe(7);
    expect(visits[1]!.key).not.toBe(7);
  });

  test('never comes back to one already tried, however many attempts are left', () => {
    const retry = { attemptCount: 10, retries: ['401'] as const };
    const { visits } = send([refusing401, refusing401, refusing401], edge(retry));
    expect(visits.map(({ instance }) => instance)).toEqual(['app-1', 'app-2', 'app-3']);
    expect(new Set(visits.map(({ key }) => key)).size).toBe(3);
  });

  test('when nobody else is left the caller gets the last answer, not a 503 of the router’s own', () => {
    const retry = { attemptCount: 10, retries: ['401'] as const };
    expect(send([refusing401, refusing401], edge(retry)).reply).toMatchObject({
      status: 401,
      headers: { 'x-instance': 'app-2' },
    });
    expect(send([down], edge(FAILED_CONNECTION)).reply.status).toBe(502);
    expect(send([silent], edge(FAILED_CONNECTION)).reply.status).toBe(504);
  });

  test('ends after its count of further attempts', () => {
    const retry = { attemptCount: 1, retries: ['401'] as const };
    const { reply, visits } = send([refusing401, refusing401, well], edge(retry));
    expect(visits).toHaveLength(2);
    expect(reply.status).toBe(401);
  });

  test('counts as a mitigation’s what is owed to the words that it added, and nothing else', () => {
    const retry: RetryOptions = {
      attemptCount: 2,
      retries: ['no-answer', '401'],
      added: { words: ['401'], actedAs: 'second-opinion' },
    };
    const actions = ({ record }: Outcome) =>
      record.series.find(({ name }) => name === 'mitigation.actions')?.total ?? 0;
    expect(actions(send([refusing401, well], edge(retry)))).toBe(1);
    expect(actions(send([refusing401, refusing401, well], edge(retry)))).toBe(2);
    expect(actions(send([down, well], edge(retry)))).toBe(0);
    // Nobody is left to be asked.
    expect(actions(send([refusing401], edge(retry)))).toBe(0);
  });

  test('leaves answers alone that it is not told to retry', () => {
    const { reply, visits } = send([refusing401, well], edge(FAILED_CONNECTION));
    expect(reply.status).toBe(401);
    expect(visits).toHaveLength(1);
  });
});

test('an instance goes on with a request that the router has given up', () => {
  const { record, tookMs } = send([{ serviceMs: 10_000 }, well], edge(FAILED_CONNECTION));
  expect(tookMs).toBe(2_004);
  expect(record.notes.filter(({ kind, host }) => kind === 'served' && host === 'app-1')).toHaveLength(1);
});
