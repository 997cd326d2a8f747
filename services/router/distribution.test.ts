import { describe, expect, it } from 'vitest';
import {
  cast,
  keyOf,
  type HostSpec,
  type Process,
  type Request,
  type Response,
  type Role,
  type World,
} from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { defaultRouterOptions, router, type RouterOptions } from './index.ts';

type Script = (world: World) => Process<void>;
const script: Role<Script> = { name: 'script', main: (world, run) => run(world) };

/** Answers with its own name. */
function* named(world: World): Process<void> {
  const response: Response = { status: 200, headers: { 'x-instance': world.host.name } };
  world.network.listen((request) => answer(request, response));
}

function* answer(_request: Request, response: Response): Process<Response> {
  return response;
}

/** Which instance answered each request, one a second; `pauses` in seconds before requests of that index. */
function visited(options: Partial<RouterOptions>, pauses: Readonly<Record<number, number>> = {}): readonly string[] {
  const seen: string[] = [];
  const client: Script = function* (world) {
    for (let index = 0; index < 200; index++) {
      yield* world.timers.sleep(1_000 * (pauses[index] ?? 1));
      const request: Request = { method: 'GET', path: '/', source: 'ann', connection: 1, key: keyOf(index) };
      const reply = yield* world.network.call('router', request);
      seen.push(reply.headers!['x-instance']!);
    }
  };
  const { health: _health, ...rest } = defaultRouterOptions;
  const instances = ['a', 'b', 'c', 'd'].map((name): HostSpec =>
    cast({ name, pool: 'web', role: script, options: named }),
  );
  runScenario(
    {
      id: 'test',
      cast: [
        ...instances,
        cast({ name: 'router', pool: 'edge', role: router, options: { ...rest, pool: 'web', ...options } }),
        cast({ name: 'client', pool: 'people', role: script, options: client }),
      ],
      faults: [],
      links: {},
      windows: [{ fromMs: 0, untilMs: 3_600_000 }],
      endMs: 3_600_000,
    },
    { seed: 1 },
  );
  return seen;
}

describe('a balancer', () => {
  it('takes turns unless told otherwise', () => {
    expect(visited({}).slice(0, 6)).toEqual(['a', 'b', 'c', 'd', 'a', 'b']);
  });

  it('spreads new connections evenly and without order when it hashes their ports', () => {
    const seen = visited({ distribution: 'hash' });
    for (const name of ['a', 'b', 'c', 'd']) {
      const count = seen.filter((instance) => instance === name).length;
      // 50 expected; 30 to 70 is more than three standard deviations either way.
      expect(count).toBeGreaterThan(30);
      expect(count).toBeLessThan(70);
    }
    const repeats = seen.filter((name, index) => index > 0 && name === seen[index - 1]).length;
    expect(repeats).toBeGreaterThan(20);
  });

  it('keeps an open connection where it is and hashes it anew when it was idle too long', () => {
    const seen = visited({ distribution: 'hash', stickiness: 'connection', connectionIdleMs: 240_000 }, { 100: 300 });
    expect(new Set(seen.slice(0, 100)).size).toBe(1);
    expect(new Set(seen.slice(100)).size).toBe(1);
    expect(seen[99]).not.toBe(seen[100]);
  });
});
