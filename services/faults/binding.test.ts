/** A binding decides whom a fault meets and when. */
import { expect, test } from 'vitest';
import { binomialBand } from '../../simulator/experiment/statistics/binomial-band.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { bindFault, FAULT_HITS, hang, refuse, slow, status, type FaultBinding } from './index.ts';
import { rehearse, repliesIn, type RehearsedCall } from './rehearsal.ts';

type Conditions = Partial<FaultBinding>;

function run(
  conditions: Conditions,
  calls: readonly RehearsedCall[],
  seed = 1,
  restartsAtMs: number[] = [],
): RunRecord {
  const fault = bindFault(refuse(), { id: 'f', target: 'servers', fromMs: 0, untilMs: 50_000, ...conditions });
  return runScenario(rehearse({ faults: [fault], calls, restartsAtMs }), { seed });
}

/** Which calls of the script were refused, by position. */
function refused(record: RunRecord): number[] {
  const failed = repliesIn(record.notes).filter(({ failure }) => failure === 'refused');
  return failed.map(({ call }) => call);
}

function hitCount(record: RunRecord): number | undefined {
  return record.series.find(({ name, labels }) => name === FAULT_HITS && labels['fault'] === 'f')?.total;
}

const each = (count: number, everyMs: number): RehearsedCall[] =>
  Array.from({ length: count }, (_, index) => ({ atMs: 100 + index * everyMs }));

test('a fault meets arrivals from its first moment on and none from its end on', () => {
  const record = run(
    { fromMs: 1_000, untilMs: 2_000 },
    [998, 999, 1_500, 1_998, 1_999].map((atMs) => ({ atMs })),
  );
  expect(refused(record)).toEqual([1, 2, 3]);
  expect(hitCount(record)).toBe(3);
});

test('the moment that counts is when a worker takes the request, not when it was sent', () => {
  const stall = bindFault(slow({ delayMs: 1_000 }), { id: 'stall', target: 'server-1', fromMs: 100, untilMs: 200 });
  const late = bindFault(refuse(), { id: 'f', target: 'server-1', fromMs: 1_000, untilMs: 1_200 });
  const calls = [...Array.from({ length: 8 }, () => ({ atMs: 100 })), { atMs: 300 }];
  const record = runScenario(rehearse({ faults: [stall, late], calls }), { seed: 1 });
  expect(repliesIn(record.notes)[8]).toMatchObject({ failure: 'refused' });
});

test('only the endpoints that begin as named are met', () => {
  const paths = ['/jwks', '/token', '/token/revoke', '/authorize/token'];
  const calls = paths.map((path, index) => ({ atMs: 100 + index, path }));
  expect(refused(run({ endpoints: ['/token', '/userinfo'] }, calls))).toEqual([1, 2]);
});

test('only the callers named whole or by their beginning are met', () => {
  const sources = ['backend-1', 'backend-10', 'backend-2', 'user-1', 'a-user-1'];
  const calls = sources.map((source, index) => ({ atMs: 100 + index, source }));
  expect(refused(run({ callers: ['backend-1'] }, calls))).toEqual([0]);
  expect(refused(run({ callers: ['backend-1*', 'user-*'] }, calls))).toEqual([0, 1, 3]);
  expect(refused(run({ callers: ['*'] }, calls))).toEqual([0, 1, 2, 3, 4]);
});

test('a host as target leaves the others of its pool alone', () => {
  const calls = ['server-1', 'server-2'].map((host) => ({ atMs: 100, host }));
  expect(refused(run({ target: 'server-1' }, calls))).toEqual([0]);
  expect(refused(run({ target: 'servers' }, calls))).toEqual([0, 1]);
});

test('a chance strikes its share of requests', () => {
  const { lowCount, highCount } = binomialBand(2_000, 0.3);
  for (const seed of [1, 2, 3]) {
    const record = run({ chance: 0.3 }, each(2_000, 20), seed);
    expect(hitCount(record)).toBeGreaterThanOrEqual(lowCount);
    expect(hitCount(record)).toBeLessThanOrEqual(highCount);
    expect(refused(record)).toHaveLength(hitCount(record)!);
  }
  expect(refused(run({ chance: 0 }, each(100, 20)))).toEqual([]);
  expect(refused(run({ chance: 1 }, each(100, 20)))).toHaveLength(100);
});

test('a chance strikes the same requests for a seed, others for another, and more of the same when it grows', () => {
  const struck = (chance: number, seed: number) => refused(run({ chance }, each(500, 20), seed));
  expect(struck(0.3, 1)).toEqual(struck(0.3, 1));
  expect(struck(0.3, 1)).not.toEqual(struck(0.3, 2));
  const more = new Set(struck(0.6, 1));
  expect(more.size).toBeGreaterThan(struck(0.3, 1).length);
  expect(struck(0.3, 1).every((call) => more.has(call))).toBe(true);
});

test('a chance belongs to key, source and host, so a request that is sent again meets the same verdict', () => {
  const times = (call: Partial<RehearsedCall>) =>
    Array.from({ length: 40 }, (_, n) => ({ atMs: 100 + n, key: n, ...call }));
  const again = times({}).map((call) => ({ ...call, atMs: call.atMs + 10_000 }));
  const struck = refused(
    run({ chance: 0.5 }, [...times({}), ...again, ...times({ source: 'x' }), ...times({ host: 'server-2' })]),
  );
  const [first, second, other, elsewhere] = [0, 1, 2, 3].map((part) =>
    struck.filter((call) => Math.floor(call / 40) === part).map((call) => call % 40),
  );
  expect(second).toEqual(first);
  expect(other).not.toEqual(first);
  expect(elsewhere).not.toEqual(first);
});

test('a ramp lets the chance grow evenly from nothing', () => {
  const struck = refused(run({ fromMs: 100, chance: 0.8, rampMs: 16_000 }, each(4_000, 8)));
  const quarters = [0, 1, 2, 3].map((quarter) => struck.filter((call) => Math.floor(call / 500) === quarter).length);
  [0.125, 0.375, 0.625, 0.875].forEach((share, quarter) => {
    const { lowCount, highCount } = binomialBand(500, 0.8 * share);
    expect(quarters[quarter]).toBeGreaterThanOrEqual(lowCount);
    expect(quarters[quarter]).toBeLessThanOrEqual(highCount);
  });
  const { lowCount, highCount } = binomialBand(2_000, 0.8);
  const afterwards = struck.filter((call) => call >= 2_000).length;
  expect(afterwards).toBeGreaterThanOrEqual(lowCount);
  expect(afterwards).toBeLessThanOrEqual(highCount);
});

test('every k-th counts matching requests only', () => {
  const calls = each(12, 20).map((call, index) => (index % 2 === 0 ? call : { ...call, path: '/other' }));
  expect(refused(run({ everyKth: 3, endpoints: ['/jwks'] }, calls))).toEqual([4, 10]);
});

test('the next so many are counted over a restart and over all hosts of the pool', () => {
  const calls = ['server-1', 'server-2', 'server-1', 'server-2', 'server-1'].map((host, n) => ({
    atMs: 1_000 * (n + 1),
    host,
  }));
  expect(refused(run({ nextCount: 3 }, calls, 1, [1_500]))).toEqual([0, 1, 2]);
  expect(refused(run({ everyKth: 2 }, calls, 1, [1_500]))).toEqual([1, 3]);
});

test('conditions hold together: the next two of each second request of one caller', () => {
  const calls = each(16, 20).map((call, index) => ({ ...call, source: index < 8 ? 'a' : 'b' }));
  expect(refused(run({ callers: ['b'], everyKth: 2, nextCount: 2 }, calls))).toEqual([9, 11]);
});

test('a measuring request meets the fault and moves no count', () => {
  const calls = each(4, 20).map((call, index) => ({ ...call, weightless: index % 2 === 0 }));
  const record = run({ nextCount: 1 }, calls);
  expect(refused(record)).toEqual([0, 1]);
  expect(hitCount(record)).toBe(1);
  expect(refused(run({ everyKth: 2 }, calls))).toEqual([2, 3]);
});

test('a hang accepted before the end of the fault ends with its caller’s patience; whoever comes after is answered', () => {
  const fault = bindFault(hang(), { id: 'f', target: 'server-1', fromMs: 1_000, untilMs: 2_000 });
  const calls = [
    { atMs: 1_900, timeoutMs: 5_000 },
    { atMs: 2_000 },
    ...Array.from({ length: 20 }, () => ({ atMs: 1_500 })),
  ];
  const replies = repliesIn(runScenario(rehearse({ faults: [fault], calls }), { seed: 1 }).notes);
  expect(replies[0]).toMatchObject({ failure: 'timeout', tookMs: 5_000 });
  expect(replies[1]).toMatchObject({ status: 200, tookMs: 4 });
});

test('a fault that nobody meets leaves a count of 0', () => {
  expect(hitCount(run({ endpoints: ['/token'] }, each(5, 20)))).toBe(0);
});

test('a followed request is told what it met, others are not', () => {
  const fault = bindFault(status({ status: 503 }), { id: 'down', target: 'server-1', fromMs: 0, untilMs: 9_000 });
  const calls = ['user-1', 'user-2'].map((chain) => ({ atMs: 100, chain }));
  const { steps } = runScenario(rehearse({ faults: [fault], calls }), { seed: 1, follow: 'user-2' });
  const text = 'server-1 answers 503 (fault "down")';
  expect(steps).toHaveLength(1);
  expect(steps[0]).toMatchObject({ atMs: 101, host: 'server-1', chain: 'user-2', text, detail: { fault: 'down' } });
});

test('a bound fault says in one line what it does to whom', () => {
  const all = { endpoints: ['/jwks'], callers: ['backend-*'], everyKth: 2, chance: 0.5, rampMs: 1_000, nextCount: 3 };
  const fault = bindFault(status({ status: 503 }), { id: 'down', target: 'idp', fromMs: 0, untilMs: 9_000, ...all });
  expect(fault).toMatchObject({ id: 'down', mechanism: 'status', target: 'idp', fromMs: 0, untilMs: 9_000 });
  expect(fault.sentence).toBe(
    'idp answers 503, on /jwks, to backend-*, once in 2 requests, with a chance of 0.5, growing over 1000 ms, at most 3 times',
  );
});

test.each<[string, Conditions]>([
  ['id', { id: '' }],
  ['target', { target: '' }],
  ['fromMs', { fromMs: -1 }],
  ['fromMs', { fromMs: NaN }],
  ['untilMs', { untilMs: Infinity }],
  ['untilMs', { fromMs: 5, untilMs: 5 }],
  ['endpoints', { endpoints: [] }],
  ['endpoints', { endpoints: ['jwks'] }],
  ['callers', { callers: [] }],
  ['callers', { callers: [''] }],
  ['callers', { callers: ['a*b'] }],
  ['chance', { chance: 1.1 }],
  ['chance', { chance: NaN }],
  ['rampMs', { rampMs: 0 }],
  ['everyKth', { everyKth: 1.5 }],
  ['nextCount', { nextCount: 0 }],
])('an impossible %s is refused by name', (field, conditions) => {
  expect(() => bindFault(refuse(), { id: 'f', target: 'idp', fromMs: 0, untilMs: 9, ...conditions })).toThrow(
    expect.objectContaining({
      code: 'bad-scenario',
      message: expect.stringContaining(`${field} cannot be`) as string,
      remedy: expect.stringMatching(/\.$/) as string,
    }),
  );
});
