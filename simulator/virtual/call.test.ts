import { describe, expect, it } from 'vitest';
import { get, Log, play, serving, stage, type StageSettings } from '../../test/kernel/stage.ts';
import { binomialBand } from '../experiment/statistics/binomial-band.ts';
import type { Fate, LinkSpec, Process, Response, World } from '../contract/index.ts';

/** One call to a server; what came of it, and when, is the last entry of the log. */
function callOnce(server: (world: World, log: Log) => Process<Response>, timeoutMs?: number, link?: LinkSpec) {
  const log = new Log();
  const staged = play(
    {
      *server(world) {
        world.network.listen(() => server(world, log));
      },
      *client(world) {
        const options = timeoutMs === undefined ? {} : { timeoutMs };
        const { status, failure } = yield* world.network.call('server', get(), options);
        log.add(world, `${status} ${failure ?? 'delivered'}`);
      },
    },
    link === undefined ? {} : { link },
  );
  return { log, ...staged };
}

function* working(world: World, workMs: number, response: Response = { status: 200 }): Process<Response> {
  yield* world.timers.sleep(workMs);
  return response;
}

describe('a call', () => {
  it('takes the way there, the work and the way back', () => {
    const { log } = callOnce((world) => working(world, 10));
    expect(log.entries).toEqual([['200 delivered', 12]]);
  });

  it('draws its latency by its key, the same in every run, whatever else is called', () => {
    const link = { baseMs: 1, jitterMeanMs: 5 };
    const timesOf = (keys: readonly number[]) => {
      const log = new Log();
      const caller = (key: number) =>
        function* (world: World): Process<void> {
          yield* world.network.call('server', get(key));
          log.add(world, String(key));
        };
      play(
        {
          server: serving(0),
          *client(world) {
            yield* world.tasks.all(...keys.map((key) => caller(key)(world)));
          },
        },
        { link },
      );
      return new Map(log.entries);
    };
    const few = timesOf([1, 2]);
    const many = timesOf([3, 2, 4, 1]);
    expect(few.get('1')).toBe(many.get('1'));
    expect(few.get('2')).toBe(many.get('2'));
    expect(new Set(many.values()).size).toBe(4);
  });

  it('to a host on which nobody listens is refused', () => {
    const log = new Log();
    play({
      *server() {},
      *client(world) {
        const { failure } = yield* world.network.call('server', get());
        log.add(world, String(failure));
      },
    });
    expect(log.entries).toEqual([['refused', 2]]);
  });

  it('to a host that the cast does not name is an error in the model', () => {
    const staged = stage({
      *client(world) {
        yield* world.network.call('nobody', get());
      },
    });
    expect(() => staged.runUntil(1)).toThrow(/There is no host "nobody"/);
  });
});

describe('patience', () => {
  it('that ends leaves the server working, and nothing behind on the side of the caller', () => {
    const log = new Log();
    const staged = stage({
      server: serving(5_000, log),
      *client(world) {
        const { failure } = yield* world.network.call('server', get(), { timeoutMs: 1_000 });
        log.add(world, String(failure));
        yield* world.timers.sleep(Infinity);
      },
    });
    staged.runUntil(1_000);
    expect(staged.kernel.queue.pendingCount).toBe(1); // the work
    staged.runUntil(10_000);
    expect(staged.kernel.queue.pendingCount).toBe(0);
    expect(log.entries).toEqual([
      ['timeout', 1_000],
      ['served 1', 5_001],
    ]);
  });

  it('that lasts leaves no timer behind', () => {
    const { log, kernel } = callOnce((world) => working(world, 10), 1_000);
    expect(log.entries).toEqual([['200 delivered', 12]]);
    expect([kernel.queue.pendingCount, kernel.queue.cancelledCount]).toEqual([0, 1]);
  });

  it('counts until the last byte', () => {
    const slow = { status: 200, fate: 'dribble', dribbleMs: 100 } as const;
    expect(callOnce((world) => working(world, 0, slow), 101).log.entries).toEqual([['0 timeout', 101]]);
    expect(callOnce((world) => working(world, 0, slow), 103).log.entries).toEqual([['200 delivered', 102]]);
  });

  it('that ends while the request is on the wire does not call it back', () => {
    const log = new Log();
    play({
      server: serving(0, log),
      *client(world) {
        const { failure } = yield* world.network.call('server', get(), { timeoutMs: 0.5 });
        log.add(world, String(failure));
      },
    });
    expect(log.entries).toEqual([
      ['timeout', 0.5],
      ['served 1', 1],
    ]);
  });

  it('of a cancelled caller goes with it', () => {
    const log = new Log();
    const { kernel } = play({
      server: serving(5_000, log),
      *client(world) {
        yield* world.tasks.timeout(10, world.network.call('server', get(), { timeoutMs: 1_000 }));
      },
    });
    expect(log.entries).toEqual([['served 1', 5_001]]);
    expect(kernel.queue.pendingCount).toBe(0);
  });
});

describe('the fate of a response', () => {
  it.each<[Fate, string, number]>([
    ['deliver', '200 delivered', 12],
    ['refuse', '0 refused', 12],
    ['reset', '0 reset', 12],
    ['cut', '0 cut', 12],
    ['dribble', '200 delivered', 62],
    ['hang', '0 timeout', 1_000],
  ])('%s', (fate, expected, atMs) => {
    const { log } = callOnce((world) => working(world, 10, { status: 200, fate, dribbleMs: 50 }), 1_000);
    expect(log.entries).toEqual([[expected, atMs]]);
  });

  it('hang, for a caller without a limit, lasts until the server is gone', () => {
    const hanging = (world: World) => working(world, 0, { status: 200, fate: 'hang' });
    expect(callOnce(hanging).log.entries).toEqual([]);
    const ended = (world: World): Process<Response> => {
      world.tasks.background(crashing(world, 500));
      return hanging(world);
    };
    expect(callOnce(ended).log.entries).toEqual([['0 reset', 502]]);
  });

  it('dribble is cut when the server dies over it', () => {
    const { log } = callOnce((world) => {
      world.tasks.background(crashing(world, 500));
      return working(world, 0, { status: 200, fate: 'dribble', dribbleMs: 1_000 });
    });
    expect(log.entries).toEqual([['0 cut', 502]]);
  });

  it('deliver is delivered even when the server dies while the answer is on its way', () => {
    const { log } = callOnce((world) => {
      world.tasks.background(crashing(world, 0.5));
      return working(world, 0);
    });
    expect(log.entries).toEqual([['200 delivered', 2]]);
  });
});

function* crashing(world: World, afterMs: number): Process<void> {
  yield* world.timers.sleep(afterMs);
  world.hosts!.crash(world.host.name);
}

describe('a link that loses connection attempts', () => {
  const lossy = (lossRatio: number): LinkSpec => ({ baseMs: 1, jitterMeanMs: 0, lossRatio });

  it('has TCP try again after 1, 2, 4 … s, as long as the caller is there', () => {
    const { log, kernel } = callOnce((world) => working(world, 0), 20_000, lossy(1));
    expect(log.entries).toEqual([['0 timeout', 20_000]]);
    // Attempts at 0, 1, 3, 7 and 15 s; the sixth, due at 31 s, is called off.
    expect([kernel.queue.firedCount, kernel.queue.cancelledCount, kernel.queue.pendingCount]).toEqual([5, 1, 0]);
  });

  it('delays a call by exactly such sums, and loses the share that it says', () => {
    const delays = new Map<number, number>();
    const callers = Array.from({ length: 2_000 }, (_, key) => key);
    function* caller(world: World, key: number): Process<void> {
      yield* world.network.call('server', get(key));
      const delayS = (world.clock.nowMs() - 2) / 1_000;
      delays.set(delayS, (delays.get(delayS) ?? 0) + 1);
    }
    const settings: StageSettings = { link: lossy(0.2) };
    play(
      {
        server: serving(0),
        *client(world) {
          yield* world.tasks.all(...callers.map((key) => caller(world, key)));
        },
      },
      settings,
    );
    expect([...delays.keys()].slice(0, 4)).toEqual([0, 1, 3, 7]);
    for (const [delayS, share] of [
      [0, 0.8],
      [1, 0.16],
      [3, 0.032],
    ] as const) {
      const { lowCount, highCount } = binomialBand(callers.length, share);
      expect(delays.get(delayS)).toBeGreaterThanOrEqual(lowCount);
      expect(delays.get(delayS)).toBeLessThanOrEqual(highCount);
    }
  });
});
