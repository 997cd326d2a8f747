/** Several faults at once have one meaning, and one scenario value serves any number of runs. */
import { expect, test } from 'vitest';
import type { FaultSpec } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import * as faults from './index.ts';
import { rehearse, repliesIn, type RehearsedCall } from './rehearsal.ts';

const ALWAYS = { target: 'server-1', fromMs: 0, untilMs: 50_000 };
const bind = (id: string, mechanism: faults.FaultMechanism, conditions: Partial<faults.FaultBinding> = {}): FaultSpec =>
  faults.bindFault(mechanism, { id, ...ALWAYS, ...conditions });

function run(list: readonly FaultSpec[], calls: readonly RehearsedCall[] = [{ atMs: 100 }]): RunRecord {
  return runScenario(rehearse({ faults: list, calls, keySets: [{ fromMs: 0, kids: ['k1', 'k2'] }] }), { seed: 1 });
}

function hits({ series }: RunRecord): Record<string, number> {
  const counters = series.filter(({ name }) => name === faults.FAULT_HITS);
  return Object.fromEntries(counters.map(({ labels, total }) => [labels['fault']!, total]));
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

test('an outer layer is met first, whatever the order of the list', () => {
  for (const list of permutations([bind('a', faults.status({ status: 503 })), bind('b', faults.refuse())])) {
    const record = run(list);
    expect(repliesIn(record.notes)[0]).toMatchObject({ failure: 'refused' });
    expect(hits(record)).toMatchObject({ a: 0, b: 1 });
  }
});

test('faults of several layers act together: delayed, without a key, and then broken off, in every order of the list', () => {
  const four = [
    bind('late', faults.slow({ delayMs: 500 })),
    bind('broken', faults.truncatedJson({ keptRatio: 0.9 })),
    bind('missing', faults.keysMissing({ kids: ['k1'] })),
    bind('rare', faults.reset(), { nextCount: 1 }),
  ];
  const seen = permutations(four).map((list) => {
    const record = run(list, [{ atMs: 100 }, { atMs: 200 }]);
    expect(hits(record)).toEqual({ rare: 1, late: 1, broken: 1, missing: 1 });
    return { hash: record.traceHash, replies: repliesIn(record.notes) };
  });
  expect(seen).toHaveLength(24);
  expect(seen[0]!.replies[0]).toMatchObject({ failure: 'reset' });
  const { tookMs, body } = seen[0]!.replies[1]!;
  expect(tookMs).toBe(504);
  expect(JSON.parse(body)).toMatch(/^\{"keys":\[\{"kty":"EC","crv":"P-256","kid":"k2"/);
  for (const other of seen) expect(other).toEqual(seen[0]);
});

test('within a layer the first in the list is met first', () => {
  const [a, b] = [bind('a', faults.status({ status: 500 })), bind('b', faults.status({ status: 503 }))];
  expect(repliesIn(run([a, b]).notes)[0]).toMatchObject({ status: 500 });
  expect(repliesIn(run([b, a]).notes)[0]).toMatchObject({ status: 503 });
  expect(hits(run([a, b]))).toEqual({ a: 1, b: 0 });
});

test('within a layer the first in the list changes the answer last', () => {
  const [missing, bare] = [bind('missing', faults.keysMissing({ kids: ['k1'] })), bind('bare', faults.noKid())];
  const keyCount = (record: RunRecord) =>
    (JSON.parse(repliesIn(record.notes)[0]!.body) as { keys: unknown[] }).keys.length;
  expect(keyCount(run([bare, missing]))).toBe(1);
  expect(hits(run([bare, missing]))).toEqual({ bare: 1, missing: 1 });
  expect(keyCount(run([missing, bare]))).toBe(2);
  expect(hits(run([missing, bare]))).toEqual({ missing: 0, bare: 1 });
});

test('an answer that an inner fault has lost is not changed by an outer one', () => {
  const record = run([bind('cut', faults.cut()), bind('slowly', faults.dribble({ bodyMs: 100 }))]);
  expect(repliesIn(record.notes)[0]).toMatchObject({ status: 200, tookMs: 104 });
  expect(hits(record)).toEqual({ cut: 0, slowly: 1 });
});

test('an outer fault that delays lets an inner one end meanwhile', () => {
  const record = run([
    bind('late', faults.slow({ delayMs: 500 })),
    bind('down', faults.status({ status: 503 }), { untilMs: 400 }),
  ]);
  expect(repliesIn(record.notes)[0]).toMatchObject({ status: 200, tookMs: 504 });
  expect(hits(record)).toEqual({ late: 1, down: 0 });
});

test('a mechanism that serves two faults keeps their memories apart', () => {
  const stale = faults.staleDocument();
  const list = [bind('early', stale, { untilMs: 1_000 }), bind('later', stale, { fromMs: 2_000 })];
  const keySets = [0, 1_500].map((fromMs, index) => ({ fromMs, kids: [`k${index + 1}`] }));
  const record = runScenario(rehearse({ faults: list, calls: [{ atMs: 500 }, { atMs: 2_500 }], keySets }), { seed: 1 });
  expect(repliesIn(record.notes).map(({ body }) => body.includes('"k2"'))).toEqual([false, true]);
});

/** Everything that keeps state: counts, memories, draws, a restart in the middle. */
function statefulScenario(): ReturnType<typeof rehearse> {
  const list = [
    bind('next', faults.refuse(), { nextCount: 3 }),
    bind('third', faults.status({ status: 429 }), { everyKth: 3 }),
    bind('chance', faults.slow({ delayMs: 50, jitterMeanMs: 20 }), { chance: 0.5, rampMs: 3_000 }),
    bind('stale', faults.staleDocument()),
    bind('other', faults.sameKidNewKey()),
  ];
  const calls = Array.from({ length: 40 }, (_, index) => ({ atMs: 100 + 100 * index }));
  const keySets = [0, 2_000].map((fromMs, index) => ({ fromMs, kids: [`k${index + 1}`] }));
  return rehearse({ faults: list, calls, keySets, restartsAtMs: [150, 1_050, 3_010] });
}

const essence = (record: RunRecord): unknown => ({
  hash: record.traceHash,
  eventCount: record.eventCount,
  notes: record.notes,
  hits: hits(record),
});

test('two runs of one scenario value are the same to the last event', () => {
  const scenario = statefulScenario();
  const first = runScenario(scenario, { seed: 7 });
  expect(essence(runScenario(scenario, { seed: 7 }))).toEqual(essence(first));
  expect(essence(runScenario(statefulScenario(), { seed: 7 }))).toEqual(essence(first));
  expect(runScenario(scenario, { seed: 8 }).traceHash).not.toBe(first.traceHash);
  expect(Object.values(hits(first)).every((count) => count > 0)).toBe(true);
});

test('a run inside a run of the same scenario value leaves both as if alone', () => {
  const scenario = statefulScenario();
  const alone = runScenario(scenario, { seed: 7 });
  const inside: RunRecord[] = [];
  const outside = runScenario(scenario, {
    seed: 7,
    tap: (eventNumber) => {
      if (eventNumber % 20 === 0) inside.push(runScenario(scenario, { seed: 7 }));
    },
  });
  expect(inside.length).toBeGreaterThan(5);
  for (const record of [outside, ...inside]) expect(essence(record)).toEqual(essence(alone));
});
