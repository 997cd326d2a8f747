import { describe, expect, it } from 'vitest';
import {
  cast,
  type Process,
  type Reply,
  type Request,
  type Response,
  type Role,
  type Scenario,
  type World,
} from '../contract/index.ts';
import { runScenario } from './run.ts';

const request: Request = { method: 'GET', path: '/', source: 'test', key: 1 };

type Script = (world: World) => Process<void>;
const script: Role<Script> = { name: 'script', privileged: true, main: (world, run) => run(world) };

interface Stage {
  readonly client: Script;
  readonly server?: Script;
}

function play(stage: Stage, seed = 1) {
  const hosts = [cast({ name: 'client', pool: 'clients', role: script, options: stage.client })];
  if (stage.server !== undefined) {
    hosts.unshift(cast({ name: 'server', pool: 'servers', role: script, options: stage.server }));
  }
  const scenario: Scenario = {
    id: 'test',
    cast: hosts,
    faults: [],
    links: { default: { baseMs: 1, jitterMeanMs: 0 } },
    windows: [{ fromMs: 0, untilMs: 3_600_000 }],
    endMs: 3_600_000,
  };
  return runScenario(scenario, { seed });
}

function listening(answer: (world: World) => (request: Request) => Process<Response>): Script {
  return function* (world) {
    world.network.listen(answer(world));
  };
}

describe('a call', () => {
  it('takes two hops and the service time', () => {
    const seen: [Reply, number][] = [];
    play({
      server: listening(
        (world) =>
          function* () {
            yield* world.timers.sleep(10);
            return { status: 200 };
          },
      ),
      *client(world) {
        const reply = yield* world.network.call('server', request);
        seen.push([reply, world.clock.nowMs()]);
      },
    });
    expect(seen).toEqual([[{ status: 200 }, 12]]);
  });

  it('that times out leaves the server working and nothing behind on the caller side', () => {
    const log: string[] = [];
    play({
      server: listening(
        (world) =>
          function* () {
            yield* world.timers.sleep(5_000);
            log.push(`served ${world.clock.nowMs()}`);
            return { status: 200 };
          },
      ),
      *client(world) {
        const reply = yield* world.network.call('server', request, { timeoutMs: 1_000 });
        log.push(`${reply.failure} ${world.clock.nowMs()}`);
      },
    });
    expect(log).toEqual(['timeout 1000', 'served 5001']);
  });
});
