/** Each mechanism as a caller feels it: before, inside and after its time. */
import { expect, test } from 'vitest';
import type { Jwk } from '../../../simulator/contract/index.ts';
import { runScenario } from '../../../simulator/virtual/index.ts';
import * as faults from '../index.ts';
import { rehearse, repliesIn, type KeySet, type RehearsedReply } from '../rehearsal.ts';

const HEALTHY = { status: 200, failure: '', headers: '{"content-type":"application/json"}' };
const KEY = { kty: 'EC', crv: 'P-256', kid: 'k1', alg: 'ES256', use: 'sig', material: 'material of k1' };
const SET = JSON.stringify({ keys: [KEY] });
const TWO_KEYS: readonly KeySet[] = [{ fromMs: 0, kids: ['k1', 'k2'] }];
const DURING = { fromMs: 1_000, untilMs: 2_000 };

interface Outcome {
  readonly replies: RehearsedReply[];
  readonly during: RehearsedReply;
  readonly hitCount: number;
  readonly workCount: number;
}

/** One request before the fault, one inside, one after. */
function feel(mechanism: faults.FaultMechanism, path = '/jwks', keySets?: readonly KeySet[]): Outcome {
  const fault = faults.bindFault(mechanism, { id: 'f', target: 'server-1', ...DURING });
  const calls = [500, 1_500, 2_500].map((atMs) => ({ atMs, path }));
  const record = runScenario(rehearse({ faults: [fault], calls, ...(keySets && { keySets }) }), { seed: 1 });
  const replies = repliesIn(record.notes);
  const total = (name: string) => record.series.find((series) => series.name === name)?.total ?? 0;
  return { replies, during: replies[1]!, hitCount: total(faults.FAULT_HITS), workCount: total('server.work') };
}

function keysOf(reply: RehearsedReply): Jwk[] {
  return (JSON.parse(reply.body) as { keys: Jwk[] }).keys;
}

const page = expect.stringContaining('<!DOCTYPE html>') as string;
const failed = (failure: string) => ({ status: 0, failure, body: 'undefined' });

test.each<[string, faults.FaultMechanism, Partial<RehearsedReply>, number]>([
  ['refuse', faults.refuse(), { ...failed('refused'), tookMs: 2 }, 2],
  ['reset', faults.reset(), { ...failed('reset'), tookMs: 2 }, 2],
  ['hang', faults.hang(), { ...failed('timeout'), tookMs: 10_000 }, 2],
  ['slow', faults.slow({ delayMs: 300 }), { ...HEALTHY, body: SET, tookMs: 304 }, 3],
  ['dribble', faults.dribble({ bodyMs: 4_000 }), { ...HEALTHY, body: SET, tookMs: 4_004 }, 3],
  ['dribble beyond patience', faults.dribble({ bodyMs: 40_000 }), { ...failed('timeout'), tookMs: 10_000 }, 3],
  ['cut', faults.cut(), { ...failed('cut'), tookMs: 4 }, 3],
  ['status', faults.status({ status: 503 }), { status: 503, headers: '{}', body: 'undefined' }, 2],
  [
    'status with a body',
    faults.status({ status: 403, body: { error: 'x' } }),
    { status: 403, body: '{"error":"x"}' },
    2,
  ],
  [
    'status with Retry-After',
    faults.status({ status: 429, retryAfterSeconds: 30 }),
    { status: 429, headers: '{"retry-after":"30"}' },
    2,
  ],
  ['html200', faults.html200(), { status: 200, headers: '{"content-type":"text/html; charset=utf-8"}', body: page }, 2],
  ['redirect', faults.redirect(), { status: 302, headers: '{"location":"/login"}', body: 'undefined' }, 2],
  [
    'redirect elsewhere',
    faults.redirect({ status: 308, location: '/sso' }),
    { status: 308, headers: '{"location":"/sso"}' },
    2,
  ],
  ['empty-body', faults.emptyBody(), { status: 200, failure: '', body: 'undefined' }, 2],
  ['empty-object', faults.emptyObject(), { ...HEALTHY, body: '{}' }, 3],
  ['empty-keys', faults.emptyKeys(), { ...HEALTHY, body: '{"keys":[]}' }, 3],
  ['keys-missing', faults.keysMissing({ kids: ['k1'] }), { ...HEALTHY, body: '{"keys":[]}' }, 3],
  [
    'wrong-content-type',
    faults.wrongContentType(),
    { status: 200, headers: '{"content-type":"text/plain"}', body: SET },
    3,
  ],
])('%s is felt by one request inside its time, and by none before and after', (_, mechanism, expected, workCount) => {
  const felt = feel(mechanism);
  expect(felt.during).toMatchObject(expected);
  expect(felt.replies[0]).toMatchObject({ ...HEALTHY, body: SET, tookMs: 4 });
  expect(felt.replies[2]).toMatchObject({ ...HEALTHY, body: SET, tookMs: 4 });
  expect(felt.hitCount).toBe(1);
  expect(felt.workCount).toBe(workCount);
});

const decoy = (kid: string): unknown => expect.objectContaining({ kid });
const impostor = (kid: string): unknown =>
  expect.objectContaining({ ...KEY, kid, material: expect.not.stringContaining('material of') as string });
const good = (kid: string): unknown => ({ ...KEY, kid, material: `material of ${kid}` });

test.each<[string, faults.FaultMechanism, readonly unknown[]]>([
  ['keys-missing', faults.keysMissing({ kids: ['k1', 'unpublished'] }), [good('k2')]],
  ['no-kid', faults.noKid(), ['k1', 'k2'].map((kid) => ({ ...KEY, kid: undefined, material: `material of ${kid}` }))],
  [
    'use-enc',
    faults.useEnc(),
    ['k1', 'k2'].map((kid) => ({ ...KEY, kid, use: 'enc', material: `material of ${kid}` })),
  ],
  ['same-kid-new-key', faults.sameKidNewKey(), [impostor('k1'), impostor('k2')]],
  ['duplicate-kid', faults.duplicateKid(), [impostor('k1'), good('k1'), impostor('k2'), good('k2')]],
  [
    'duplicate-kid, twin after',
    faults.duplicateKid({ twin: 'after' }),
    [good('k1'), impostor('k1'), good('k2'), impostor('k2')],
  ],
  ['unknown-key-type', faults.unknownKeyType(), [decoy('unknown-key-type'), good('k1'), good('k2')]],
  [
    'ed25519-key',
    faults.ed25519Key(),
    [expect.objectContaining({ kty: 'OKP', crv: 'Ed25519' }), good('k1'), good('k2')],
  ],
  ['huge-set', faults.hugeSet({ keyCount: 2 }), [decoy('retired-1'), decoy('retired-2'), good('k1'), good('k2')]],
  [
    'malformed-key',
    faults.malformedKey(),
    [{ kty: 'EC', crv: 'P-256', kid: 'malformed-key', alg: 'ES256', use: 'sig' }, good('k1'), good('k2')],
  ],
])('%s changes the key set and nothing else', (_, mechanism, expected) => {
  const felt = feel(mechanism, '/jwks', TWO_KEYS);
  expect(keysOf(felt.during)).toEqual(expected);
  expect(felt.during).toMatchObject(HEALTHY);
  for (const healthy of [felt.replies[0]!, felt.replies[2]!]) expect(keysOf(healthy)).toEqual([good('k1'), good('k2')]);
  expect(felt.hitCount).toBe(1);
});

test('huge-set holds 5,000 other keys unless told otherwise', () => {
  expect(keysOf(feel(faults.hugeSet()).during)).toHaveLength(5_001);
});

test('truncated-json leaves the beginning of a text that no longer parses', () => {
  for (const keptRatio of [0.001, 0.5, 0.999]) {
    const text = JSON.parse(feel(faults.truncatedJson({ keptRatio })).during.body) as string;
    expect(SET.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThan(0);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  }
});

test('slow adds a jitter that belongs to the request', () => {
  const took = (jitterMeanMs: number) => feel(faults.slow({ delayMs: 300, jitterMeanMs })).during.tookMs;
  expect(took(200)).toBeGreaterThan(304);
  expect(took(200)).toBe(took(200));
  expect(took(400) - 304).toBeCloseTo(2 * (took(200) - 304), 2);
});

test.each([
  faults.emptyKeys(),
  faults.keysMissing({ kids: ['k1'] }),
  faults.noKid(),
  faults.duplicateKid(),
  faults.hugeSet(),
])('$name is not felt on a document that holds no keys', (mechanism) => {
  const felt = feel(mechanism, '/userinfo');
  expect(felt.during).toMatchObject({ ...HEALTHY, body: '{"path":"/userinfo"}' });
  expect(felt.hitCount).toBe(0);
});

test('keys-missing is not felt while the set holds none of its keys', () => {
  const felt = feel(faults.keysMissing({ kids: ['k9'] }));
  expect(felt.during.body).toBe(SET);
  expect(felt.hitCount).toBe(0);
});

test('stale-document serves what it first saw, on each path, and is felt only once the document has changed', () => {
  const fault = faults.bindFault(faults.staleDocument(), {
    id: 'f',
    target: 'server-1',
    fromMs: 1_000,
    untilMs: 5_000,
  });
  const keySets = [0, 2_000, 4_000].map((fromMs, index) => ({ fromMs, kids: [`k${index + 1}`] }));
  const calls = [500, 1_500, 1_600, 2_500, 4_500, 5_500].map((atMs) => ({ atMs }));
  const scenario = rehearse({ faults: [fault], keySets, calls: [...calls, { atMs: 2_600, path: '/userinfo' }] });
  const record = runScenario(scenario, { seed: 1 });
  const replies = repliesIn(record.notes);
  const kids = replies.slice(0, 6).map((reply) => keysOf(reply)[0]!.kid);
  expect(kids).toEqual(['k1', 'k1', 'k1', 'k1', 'k1', 'k3']);
  expect(replies[6]!.body).toBe('{"path":"/userinfo"}');
  expect(record.series.find(({ name }) => name === faults.FAULT_HITS)?.total).toBe(2);
});

test('same-kid-new-key publishes the same other key each time, also after a restart', () => {
  const fault = faults.bindFault(faults.sameKidNewKey(), { id: 'f', target: 'server-1', fromMs: 0, untilMs: 9_000 });
  const calls = [1_000, 2_000, 4_000].map((atMs) => ({ atMs }));
  const { notes } = runScenario(rehearse({ faults: [fault], calls, restartsAtMs: [3_000] }), { seed: 1 });
  const materials = repliesIn(notes).map((reply) => keysOf(reply)[0]!.material);
  expect(new Set(materials).size).toBe(1);
  expect(materials).toHaveLength(3);
});

test('flap begins down, and comes and goes until its end', () => {
  const mechanism = faults.flap({ upMs: 300, downMs: 200 }, faults.refuse());
  const fault = faults.bindFault(mechanism, { id: 'f', target: 'server-1', fromMs: 1_000, untilMs: 2_100 });
  const arriveAtMs = [999, 1_000, 1_199, 1_200, 1_499, 1_500, 1_700, 2_000, 2_099, 2_100];
  const record = runScenario(rehearse({ faults: [fault], calls: arriveAtMs.map((ms) => ({ atMs: ms - 1 })) }), {
    seed: 1,
  });
  const refused = repliesIn(record.notes).map(({ failure }) => failure === 'refused');
  expect(refused).toEqual([false, true, true, false, false, true, false, true, true, false]);
  expect(record.series.find(({ name }) => name === faults.FAULT_HITS)?.total).toBe(5);
  expect(mechanism.layer).toBe('listener');
});
