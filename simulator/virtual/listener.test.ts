import { describe, expect, it } from 'vitest';
import { get, Log, play, serving, stage, type Script } from '../../test/kernel/stage.ts';
import type { Capacity, Gate, Process, Request, World } from '../contract/index.ts';

/** A server with a bounded door; every request takes `workMs` and is logged when it begins. */
function bounded(log: Log, workMs: number, capacity: Capacity, gate?: Gate): Script {
  return function* (world) {
    world.network.listen(
      function* ({ key }) {
        log.add(world, `begun ${key}`);
        yield* world.timers.sleep(workMs);
        return { status: 200 };
      },
      capacity,
      gate,
    );
  };
}

/** Requests sent one after the other within a moment; each answer is logged. */
function* calling(world: World, log: Log, requests: readonly Request[], timeoutMs = 60_000): Process<void> {
  yield* world.tasks.all(...requests.map((request) => callingOnce(world, log, request, timeoutMs)));
}

function* callingOnce(world: World, log: Log, request: Request, timeoutMs: number): Process<void> {
  const { status, failure } = yield* world.network.call('server', request, { timeoutMs });
  log.add(world, `${request.key}: ${failure ?? status}`);
}

const keys = (...list: number[]) => list.map((key) => get(key));

describe('a bounded door', () => {
  it('works on as many requests as it has workers, the rest in the order of arrival', () => {
    const log = new Log();
    play({
      server: bounded(log, 10, { concurrency: 2, queueLimit: 10, overflow: 'refuse' }),
      client: (world) => calling(world, log, keys(1, 2, 3, 4, 5)),
    });
    expect(log.entries.filter(([what]) => what.startsWith('begun'))).toEqual([
      ['begun 1', 1],
      ['begun 2', 1],
      ['begun 3', 11],
      ['begun 4', 11],
      ['begun 5', 21],
    ]);
  });

  it('refuses at once what its queue has no place for, when it is told to refuse', () => {
    const log = new Log();
    play({
      server: bounded(log, 10, { concurrency: 1, queueLimit: 1, overflow: 'refuse' }),
      client: (world) => calling(world, log, keys(1, 2, 3)),
    });
    expect(log.entries).toEqual([
      ['begun 1', 1],
      ['3: refused', 2],
      ['begun 2', 11],
      ['1: 200', 12],
      ['2: 200', 22],
    ]);
  });

  it('drops it in silence otherwise: TCP tries again after 1, 2 and 4 s, and is let in when there is room', () => {
    const log = new Log();
    play({
      server: bounded(log, 6_000, { concurrency: 1, queueLimit: 0, overflow: 'drop' }),
      client: (world) => calling(world, log, keys(1, 2)),
    });
    // Dropped at 1 ms, 1 s + 2 ms and 3 s + 3 ms, let in at 7 s + 4 ms.
    expect(log.entries).toEqual([
      ['begun 1', 1],
      ['1: 200', 6_002],
      ['begun 2', 7_004],
      ['2: 200', 13_005],
    ]);
  });

  it('is not tried again for a caller that has left', () => {
    const log = new Log();
    const { kernel } = play({
      server: bounded(log, 6_000, { concurrency: 1, queueLimit: 0, overflow: 'drop' }),
      client: (world) => calling(world, log, keys(1, 2), 3_500),
    });
    expect(log.entries).toEqual([
      ['begun 1', 1],
      ['1: timeout', 3_500],
      ['2: timeout', 3_500],
    ]);
    expect(kernel.queue.pendingCount).toBe(0);
  });

  it('works on what waits in its queue, however long the caller has been gone', () => {
    const log = new Log();
    play({
      server: bounded(log, 1_000, { concurrency: 1, queueLimit: 10, overflow: 'refuse' }),
      client: (world) => calling(world, log, keys(1, 2, 3), 500),
    });
    expect(log.entries.filter(([what]) => what.startsWith('begun'))).toEqual([
      ['begun 1', 1],
      ['begun 2', 1_001],
      ['begun 3', 2_001],
    ]);
    expect(log.entries.filter(([, atMs]) => atMs === 500)).toHaveLength(3);
  });

  it('lets weightless requests by, which take no worker and no place', () => {
    const log = new Log();
    play({
      server: bounded(log, 10, { concurrency: 1, queueLimit: 0, overflow: 'refuse' }),
      client: (world) =>
        calling(world, log, [get(1), get(2, { weightless: true }), get(3), get(4, { weightless: true })]),
    });
    expect(log.entries.filter(([what]) => what.startsWith('begun')).map(([what]) => what)).toEqual([
      'begun 1',
      'begun 2',
      'begun 4',
    ]);
    expect(log.entries).toContainEqual(['3: refused', 2]);
  });

  it('keeps its workers over thousands of requests, with a queue that is never empty', () => {
    const log = new Log();
    play({
      server: bounded(log, 1, { concurrency: 3, queueLimit: Infinity, overflow: 'refuse' }),
      client: (world) => calling(world, log, keys(...Array.from({ length: 3_000 }, (_, key) => key))),
    });
    const begun = log.entries.filter(([what]) => what.startsWith('begun'));
    expect(begun.map(([what]) => what)).toEqual(Array.from({ length: 3_000 }, (_, key) => `begun ${key}`));
    expect(begun.map(([, atMs]) => atMs)).toEqual(Array.from({ length: 3_000 }, (_, key) => 1 + Math.floor(key / 3)));
  });
});

describe('a gate', () => {
  it('answers before the queue, even when every worker is busy and the queue is full', () => {
    const log = new Log();
    const gate: Gate = ({ key }) => (key > 10 ? { status: 429 } : undefined);
    play({
      server: bounded(log, 10, { concurrency: 1, queueLimit: 0, overflow: 'refuse' }, gate),
      client: (world) => calling(world, log, keys(1, 2, 11)),
    });
    expect(log.entries).toEqual([
      ['begun 1', 1],
      ['2: refused', 2],
      ['11: 429', 2],
      ['1: 200', 12],
    ]);
  });
});

describe('an open door', () => {
  it('takes any number at a time', () => {
    const log = new Log();
    play({
      server: serving(10, log),
      client: (world) => calling(world, log, keys(1, 2, 3)),
    });
    expect(log.entries.slice(0, 3).map(([, atMs]) => atMs)).toEqual([11, 11, 11]);
  });

  it('opens once', () => {
    const staged = stage({
      *server(world) {
        yield* serving(1)(world);
        yield* serving(2)(world);
      },
    });
    expect(() => staged.runUntil(1)).toThrow(/Host "server" listens twice. Call listen once, at set-up./);
  });
});
