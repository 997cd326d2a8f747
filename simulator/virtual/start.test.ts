import { describe, expect, it } from 'vitest';
import { Log, play, serving, type Script } from '../../test/kernel/stage.ts';
import type { Process, World } from '../contract/index.ts';

const stateOf = (world: World) => world.hosts!.list().find(({ name }) => name === 'server')!.state;

describe('a start', () => {
  it('gives a fresh incarnation on the same disk; a re-imaged host begins with an empty one', () => {
    const log = new Log();
    const { hosts } = play({
      server: {
        platform: { rack: 'a' },
        *main(world) {
          const { incarnation } = world.host;
          log.add(world, `${incarnation} on ${world.host.platform('rack')} finds ${String(world.disk.read('name'))}`);
          world.disk.write('name', `disk of ${incarnation}`);
        },
      },
      *power({ hosts, timers }) {
        for (const change of [undefined, undefined, { rack: 'b' }]) {
          yield* timers.sleep(10);
          hosts!.crash('server');
          if (change !== undefined) hosts!.reimage('server', change);
          hosts!.start('server');
          hosts!.start('server'); // a running host has been started
        }
      },
    });
    expect(log.entries).toEqual([
      ['1 on a finds undefined', 0],
      ['2 on a finds disk of 1', 10],
      ['3 on a finds disk of 2', 20],
      ['4 on b finds undefined', 30],
    ]);
    expect(hosts.list().map(({ startedAtMs }) => startedAtMs)).toEqual([30, 0]);
  });

  it('may come later, or never', () => {
    const log = new Log();
    const main: Script = function* (world) {
      log.add(world, world.host.name);
    };
    play({ late: { main, startAtMs: 1_000 }, never: { main, startAtMs: 'never' }, first: main });
    expect(log.entries).toEqual([
      ['first', 0],
      ['late', 1_000],
    ]);
  });

  it('is undone by an exit: the host stays down until somebody starts it', () => {
    const log = new Log();
    play({
      *server(world) {
        log.add(world, `start ${world.host.incarnation}`);
        world.tasks.spawn(log.nap(world, 'child', 100));
        yield* world.timers.sleep(5);
        return world.host.incarnation === 1 ? 'exit' : undefined;
      },
      *power(world) {
        yield* world.timers.sleep(50);
        log.add(world, stateOf(world));
        world.hosts!.start('server');
      },
    });
    expect(log.entries).toEqual([
      ['start 1', 0],
      ['child gone', 5],
      ['stopped', 50],
      ['start 2', 50],
      ['child done', 150],
    ]);
  });

  it('and an end change what discovery tells', () => {
    const seen: string[] = [];
    play({
      a: serving(100),
      b: { main: serving(1), startAtMs: 20 },
      *power({ network, timers, tasks, hosts }) {
        function* watch(): Process<void> {
          for (let version = -1; ;) {
            if (network.membershipVersion !== version) seen.push(network.members('hosts').join(' '));
            version = network.membershipVersion;
            yield* timers.sleep(5);
          }
        }
        tasks.spawn(watch());
        yield* timers.sleep(42);
        hosts!.crash('a');
        yield* timers.sleep(100);
      },
    });
    expect(seen).toEqual(['a power', 'a b power', 'b power']);
  });
});
