import { describe, expect, it } from 'vitest';
import { get, Log, play, type Script } from '../../test/kernel/stage.ts';
import type { Capacity, Line, Process, Request, Response, Waiting, World } from '../contract/index.ts';

/** Newest first, at most `places`, told of everybody who has left. */
class Stack implements Line {
  readonly #waiting: Waiting[] = [];
  readonly #places: number;
  readonly left: Line['left'];

  constructor(places: number, left: Line['left'] = () => {}) {
    this.#places = places;
    this.left = left;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  join(waiting: Waiting): Response | 'no-place' | undefined {
    if (waiting.request.key === 99) return { status: 429 };
    if (this.#waiting.length >= this.#places) return 'no-place';
    this.#waiting.push(waiting);
    return undefined;
  }

  next(): Waiting | undefined {
    return this.#waiting.pop();
  }

  clear(): readonly Waiting[] {
    return this.#waiting.splice(0);
  }

  turnAllAway(): void {
    for (const waiting of this.clear()) waiting.turnAway({ status: 503 });
  }
}

const capacity: Capacity = { concurrency: 1, queueLimit: 0, overflow: 'refuse' };

function lined(log: Log, line: Line, over: Partial<Capacity> = {}): Script {
  return function* (world) {
    world.network.listen(
      function* ({ key }) {
        log.add(world, `begun ${key}`);
        yield* world.timers.sleep(10);
        return { status: 200 };
      },
      { ...capacity, ...over },
      undefined,
      line,
    );
  };
}

function* calling(world: World, log: Log, requests: readonly Request[]): Process<void> {
  yield* world.tasks.all(...requests.map((request) => callingOnce(world, log, request)));
}

function* callingOnce(world: World, log: Log, request: Request): Process<void> {
  const { status, failure } = yield* world.network.call('server', request, { timeoutMs: 60_000 });
  log.add(world, `${request.key}: ${failure ?? status}`);
}

const keys = (...list: number[]): Request[] => list.map((key) => get(key));

describe('a door with a line of its own', () => {
  it('takes whom the line gives, not who came first', () => {
    const log = new Log();
    play({ server: lined(log, new Stack(10)), client: (world) => calling(world, log, keys(1, 2, 3, 4)) });
    expect(log.entries.filter(([what]) => what.startsWith('begun'))).toEqual([
      ['begun 1', 1],
      ['begun 4', 11],
      ['begun 3', 21],
      ['begun 2', 31],
    ]);
  });

  it.each([
    ['refuse', ['2: refused', 2]],
    ['drop', ['2: 200', 1_013]],
  ] as const)('asks the line for places, and overflows as its capacity says: %s', (overflow, entry) => {
    const log = new Log();
    play({ server: lined(log, new Stack(1), { overflow }), client: (world) => calling(world, log, keys(1, 3, 2)) });
    expect(log.entries).toContainEqual(entry);
  });

  it('answers for the line whom it turns away as they come, and while they wait', () => {
    const log = new Log();
    const stack = new Stack(10);
    play({
      server: lined(log, stack),
      *client(world) {
        world.tasks.spawn(calling(world, log, keys(1, 2, 99)));
        yield* world.timers.sleep(5);
        stack.turnAllAway();
        yield* world.timers.sleep(1_000);
      },
    });
    expect(log.entries).toEqual([
      ['begun 1', 1],
      ['99: 429', 2],
      ['2: 503', 6],
      ['1: 200', 12],
    ]);
  });

  it('tells the line who has left, with the answer, and how long they were there', () => {
    const log = new Log();
    const heard: string[] = [];
    const line = new Stack(10, ({ request, sinceMs }, response) => {
      heard.push(`${request.key} since ${sinceMs}: ${response?.status}`);
    });
    play({ server: lined(log, line), client: (world) => calling(world, log, keys(1, 2)) });
    expect(heard).toEqual(['1 since 1: 200', '2 since 1: 200']);
  });

  it('resets whoever stands in it when the process dies', () => {
    const log = new Log();
    play({
      server: lined(log, new Stack(10)),
      *client(world) {
        world.tasks.spawn(calling(world, log, keys(1, 2, 3)));
        yield* world.timers.sleep(5);
        world.hosts!.crash('server');
        yield* world.timers.sleep(1_000);
      },
    });
    expect(
      log.entries
        .filter(([, atMs]) => atMs > 1)
        .map(([what]) => what)
        .sort(),
    ).toEqual(['1: reset', '2: reset', '3: reset']);
  });

  it('is drained like a queue: who stands in it is served before the host stops, nobody else gets in', () => {
    const log = new Log();
    play({
      server: lined(log, new Stack(10)),
      *client(world) {
        world.tasks.spawn(calling(world, log, keys(1, 2)));
        yield* world.timers.sleep(5);
        world.tasks.spawn(stopping(world, log));
        yield* world.timers.sleep(1);
        world.tasks.spawn(calling(world, log, keys(3)));
        yield* world.timers.sleep(1_000);
      },
    });
    expect(log.entries).toEqual([
      ['begun 1', 1],
      ['3: refused', 8],
      ['begun 2', 11],
      ['1: 200', 12],
      ['stopped', 21],
      ['2: 200', 22],
    ]);
  });

  it('keeps the host from stopping, until the grace is over, as long as it holds somebody back', () => {
    const log = new Log();
    const holding = new Stack(10);
    holding.next = () => undefined;
    play({
      server: lined(log, holding),
      *client(world) {
        world.tasks.spawn(calling(world, log, keys(1)));
        yield* world.timers.sleep(5);
        yield* world.hosts!.stop('server', 50);
        log.add(world, 'stopped');
        yield* world.timers.sleep(1_000);
      },
    });
    expect(log.entries).toEqual([
      ['stopped', 55],
      ['1: reset', 56],
    ]);
  });

  it('lets weightless requests by without asking the line', () => {
    const log = new Log();
    const measuring = [get(99, { weightless: true })];
    play({ server: lined(log, new Stack(0)), client: (world) => calling(world, log, measuring) });
    expect(log.entries).toEqual([
      ['begun 99', 1],
      ['99: 200', 12],
    ]);
  });
});

function* stopping(world: World, log: Log): Process<void> {
  yield* world.hosts!.stop('server', 60_000);
  log.add(world, 'stopped');
}
