import { describe, expect, test } from 'vitest';
import {
  cast,
  type Capacity,
  type Process,
  type Request,
  type Role,
  type World,
} from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { ask, rehearsal } from '../rehearsal.ts';
import { DoorLine } from './line.ts';
import type { LineOptions } from './line-options.ts';
import { controlledDelayFor, facebookControlledDelay, limitPresets, type LimitPresetName } from './presets/index.ts';

interface DeskOptions {
  readonly capacity: Capacity;
  readonly line: LineOptions | undefined;
  readonly workMs: number;
}

const desk: Role<DeskOptions> = { name: 'desk', main: deskMain };

function* deskMain(world: World, { capacity, line, workMs }: DeskOptions): Process<void> {
  function* work({ key }: Request) {
    world.journal.note('begun', { key });
    yield* world.timers.sleep(workMs);
    return { status: 200 };
  }
  const kept = line === undefined ? undefined : new DoorLine(world, line, capacity);
  world.network.listen(work, capacity, undefined, kept);
}

interface Sent {
  readonly atMs: number;
  readonly flow?: 'session' | 'sign-in' | 'background';
}

const PATHS = { session: '/introspect', 'sign-in': '/authorize', background: '/token' };
const REFRESH = { grant_type: 'refresh_token', refresh_token: 'refresh/1' };

function run(line: LineOptions | undefined, sent: readonly Sent[], capacity: Partial<Capacity> = {}, workMs = 100) {
  const answers = new Map<number, string>();
  function* one(world: World, key: number, { atMs, flow = 'session' }: Sent): Process<void> {
    yield* world.timers.sleepUntil(atMs);
    const body = flow === 'background' ? { body: REFRESH } : {};
    const reply = yield* ask(world, 'desk', { method: 'POST', path: PATHS[flow], key, ...body });
    answers.set(key, `${reply.failure ?? reply.status} at ${world.clock.nowMs()}`);
  }
  function* script(world: World): Process<void> {
    for (const [key, each] of sent.entries()) world.tasks.spawn(one(world, key, each));
    yield* world.timers.sleep(600_000);
  }
  const options: DeskOptions = {
    capacity: { concurrency: 1, queueLimit: 10, overflow: 'refuse', ...capacity },
    line,
    workMs,
  };
  const hosts = [cast({ name: 'desk', pool: 'desk', role: desk, options })];
  const record = runScenario(rehearsal(hosts, script), { seed: 1 });
  const view = new RecordView(record);
  return {
    record,
    begun: view.notes('begun').map(({ detail }) => detail['key']),
    begunAtMs: view.notes('begun').map(({ atMs }) => atMs),
    answers: sent.map((_, key) => answers.get(key)),
    actions: (id: string) => view.total('mitigation.actions', { mitigation: id }),
  };
}

const together = (...flows: NonNullable<Sent['flow']>[]): Sent[] => flows.map((flow) => ({ atMs: 0, flow }));
const times = (count: number, atMs = 0): Sent[] => Array.from({ length: count }, () => ({ atMs }));

describe('a line without options', () => {
  test.each([
    ['short', { queueLimit: 2, overflow: 'drop' }],
    ['refusing', { queueLimit: 0, overflow: 'refuse' }],
    ['wide', { concurrency: 3, queueLimit: 5, overflow: 'drop' }],
  ] as const)('is the queue of the capacity, event by event: %s', (_, capacity) => {
    const crowd = Array.from({ length: 60 }, (__, index) => ({ atMs: (index * 37) % 500 }));
    const queued = run(undefined, crowd, capacity);
    const lined = run({}, crowd, capacity);
    expect(lined.record.traceHash).toBe(queued.record.traceHash);
    expect(lined.answers).toEqual(queued.answers);
  });
});

describe('a limit', () => {
  const limited: LineOptions = {
    limits: [{ rule: { kind: 'fixed', limit: 3 }, status: 429, retryAfterSeconds: 60, actedAs: 'limit' }],
  };

  test('turns away at once whoever would be one too many, working and waiting counted alike', () => {
    const { answers, actions } = run(limited, times(5));
    expect(answers).toEqual(['200 at 102', '200 at 202', '200 at 302', '429 at 2', '429 at 2']);
    expect(actions('limit')).toBe(2);
  });

  test('exempts what it is told to, which counts all the same', () => {
    const exempt: LineOptions = { limits: [{ ...limited.limits![0]!, exempt: ['/intro'] }] };
    const { answers } = run(exempt, together('session', 'session', 'session', 'session', 'sign-in'));
    expect(answers.map((answer) => answer!.slice(0, 3))).toEqual(['200', '200', '200', '200', '429']);
  });

  test('lets in again when somebody has left, and has done nothing while nobody was too many', () => {
    const { answers, actions } = run(limited, [...times(3), ...times(1, 150)]);
    expect(answers[3]).toBe('200 at 402');
    expect(actions('limit')).toBe(0);
  });
});

describe('limits by name', () => {
  const named = (rule: LimitPresetName): LineOptions => ({ limits: [{ rule, status: 503, actedAs: 'limit' }] });

  test.each([
    // Stopped only by its maximum of 200 for 40 workers, five rounds of work: its average follows a slow rise.
    ['netflix-gradient2', 510],
    ['netflix-aimd', 510],
    // These read the queue from the latency: fewer than three rounds. Without that Vegas would rise to a thousand.
    ['netflix-vegas', 300],
    ['envoy-adaptive-concurrency', 300],
  ] as const)('%s: nobody waits in a flood for longer than %d ms', (name, mostMs) => {
    const wide = { concurrency: 40, queueLimit: 10_000 };
    const flood = Array.from({ length: 4_000 }, (_, index) => ({ atMs: index }));
    const longestMs = (line: LineOptions): number => {
      const { answers } = run(line, flood, wide);
      const served = answers.flatMap((answer, index) => (answer!.startsWith('200') ? [index] : []));
      return Math.max(...served.map((index) => Number(answers[index]!.split(' at ')[1]) - flood[index]!.atMs));
    };
    // A thousand a second for four hundred: without a limit the last waits for 2,400 of those before, six seconds.
    expect(longestMs({})).toBeGreaterThan(5_000);
    expect(longestMs(named(name))).toBeLessThan(mostMs);
    expect(run(named(name), flood, wide).actions('limit')).toBeGreaterThan(2_000);
  });

  test('all presets are in this table', () => {
    expect(Object.keys(limitPresets)).toHaveLength(4);
  });

  test('one that there is not is answered with those that there are', () => {
    expect(() => run(named('vegas' as LimitPresetName), [])).toThrow(
      /no limit preset "vegas". Known: netflix-gradient2/,
    );
  });
});

describe('turns by importance', () => {
  const turns: LineOptions = { turns: { kind: 'priority', retryAfterSeconds: 60, actedAs: 'turns' } };

  test('sessions go before sign-ins, sign-ins before background; within each the first come first', () => {
    const { begun } = run(
      turns,
      together('background', 'background', 'sign-in', 'session', 'background', 'sign-in', 'session'),
    );
    // The first found a free worker; of the others 3 and 6 are sessions, 2 and 5 sign-ins.
    expect(begun).toEqual([0, 3, 6, 2, 5, 1, 4]);
  });

  test('a full line turns away the least important that came last, and makes room for a more important one', () => {
    const { answers } = run(turns, together('background', 'background', 'background', 'sign-in', 'background'), {
      queueLimit: 2,
    });
    // 0 works, 1 and 2 wait; 3 takes the place of 2; 4 is itself the least important.
    expect(answers.map((answer) => answer!.slice(0, 3))).toEqual(['200', '200', '503', '200', '503']);
    expect(answers[3]).toBe('200 at 202');
  });

  test('the important are not turned away for the unimportant, however many come', () => {
    const flood = Array.from({ length: 500 }, (_, index) => ({ atMs: index, flow: 'background' as const }));
    const few = Array.from({ length: 4 }, (_, index) => ({ atMs: 50 + index * 110, flow: 'sign-in' as const }));
    const { answers } = run(turns, [...flood, ...few], { queueLimit: 3 });
    // Each waits for the rest of one piece of work at most, then works: 200 ms and the way.
    for (const [index, answer] of answers.slice(500).entries()) {
      expect(answer).toMatch(/^200/);
      expect(Number(answer!.split(' at ')[1])).toBeLessThanOrEqual(few[index]!.atMs + 202);
    }
  });

  test('does nothing where nobody waits', () => {
    const { actions } = run(turns, [{ atMs: 0 }, { atMs: 200, flow: 'background' }, { atMs: 400 }]);
    expect(actions('turns')).toBe(0);
  });
});

describe('bulkheads', () => {
  const bulkheads: LineOptions = { bulkheads: { workersRatio: 0.5, placesRatio: 0.5, actedAs: 'walls' } };

  test('a flood in one flow takes half of the workers and no more: another flow finds one free at once', () => {
    const flood = together(...Array<'background'>(20).fill('background'));
    const { answers } = run(bulkheads, [...flood, { atMs: 10, flow: 'sign-in' }], { concurrency: 4, queueLimit: 40 });
    expect(answers[20]).toBe('200 at 112');
    // Two at a time: the 20 background requests take ten rounds of 100 ms.
    expect(answers[19]).toBe('200 at 1002');
  });

  test('nor all places: beyond its own a flow is refused beside empty ones', () => {
    const flood = together(...Array<'background'>(20).fill('background'));
    const { answers, actions } = run(bulkheads, flood, { concurrency: 2, queueLimit: 8 });
    // One works, half of eight places are taken.
    expect(answers.filter((answer) => answer!.startsWith('200'))).toHaveLength(5);
    expect(actions('walls')).toBeGreaterThan(0);
  });

  test('with one worker flows take turns at it', () => {
    const { begun } = run(bulkheads, together('background', 'background', 'background', 'sign-in', 'session'));
    expect(begun).toEqual([0, 4, 3, 1, 2]);
  });
});

test('controlled delay keeps 1 to 20 for slower services, and the original numbers for fast ones', () => {
  expect(controlledDelayFor(1)).toEqual(facebookControlledDelay);
  expect(controlledDelayFor(400)).toEqual({ targetMs: 400, intervalMs: 8_000 });
});

describe('adaptive LIFO with controlled delay', () => {
  const delay: LineOptions = { delay: { targetMs: 50, intervalMs: 500, actedAs: 'delay' }, queueLimit: 100 };

  test('a burst that is over within the interval is served in the order of arrival, nobody turned away', () => {
    const { begun, answers, actions } = run(delay, times(5));
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    expect(answers.every((answer) => answer!.startsWith('200'))).toBe(true);
    expect(actions('delay')).toBe(0);
  });

  test('a queue that stands for the interval is served newest first, and who waited too long is turned away', () => {
    // One worker of 100 ms can do ten a second; a hundred come, so that five always came within the target.
    const crowd = Array.from({ length: 1_000 }, (_, index) => ({ atMs: index * 10 }));
    const { answers, begun, begunAtMs, actions } = run(delay, crowd);
    const served = answers.flatMap((answer, index) => (answer!.startsWith('200') ? [index] : []));
    // Once it stands, whoever is served came within the target: they wait 50 ms at most, then 100 ms of work.
    const late = served.filter((index) => crowd[index]!.atMs > 2_000);
    for (const index of late) {
      expect(Number(answers[index]!.split(' at ')[1]) - crowd[index]!.atMs).toBeLessThanOrEqual(50 + 100 + 2);
    }
    // The newest of those who have come when it begins: one comes each 10 ms, after 1 ms on the way, perhaps in that moment.
    const passedOver = begun.map((key, index) => Math.floor((begunAtMs[index]! - 1) / 10) - Number(key));
    const standing = passedOver.filter((_, index) => begunAtMs[index]! > 2_000 && begunAtMs[index]! < 9_900);
    expect(standing.length).toBeGreaterThan(70);
    expect(Math.max(...standing)).toBeLessThanOrEqual(1);
    // The worker is never idle: about ten a second are served, as many as without.
    expect(served.length).toBeGreaterThan(95);
    expect(begun).toHaveLength(served.length);
    expect(actions('delay')).toBeGreaterThan(800);
    // Whatever happens nobody waits longer than the interval.
    for (const index of served) {
      expect(Number(answers[index]!.split(' at ')[1]) - crowd[index]!.atMs).toBeLessThan(500 + 100 + 2);
    }
  });

  test('first come first served makes everybody wait as long as the line is', () => {
    const crowd = Array.from({ length: 200 }, (_, index) => ({ atMs: index * 50 }));
    const { answers } = run({ queueLimit: 100 }, crowd);
    const last = answers.findLastIndex((answer) => answer!.startsWith('200'));
    expect(Number(answers[last]!.split(' at ')[1]) - crowd[last]!.atMs).toBeGreaterThan(9_000);
  });
});
