/** A few hosts with a script each, in virtual time: what the tests of the kernel play on. */
import type { HostSpec, LinkSpec, Process, Request, Response, Window, World } from '../../simulator/contract/index.ts';
import { cast } from '../../simulator/contract/index.ts';
import { assertConserved, openStage, type OpenStage } from '../../simulator/virtual/open-stage.ts';

export type Script = (world: World) => Process<void | 'exit'>;

/** A host of the stage: its script, and whatever else differs from the default. */
export type StagedHost = Script | (Partial<Omit<HostSpec, 'name' | 'role' | 'options'>> & { readonly main: Script });

export interface StageSettings {
  readonly seed?: number;
  /** One way of every link; 1 ms without jitter by default. */
  readonly link?: LinkSpec;
  readonly windows?: readonly Window[];
}

export interface Staged extends OpenStage {
  /** Runs to a moment, then checks that nothing was lost. */
  readonly runUntil: (untilMs: number) => void;
}

export const HOUR_MS = 3_600_000;

/** Puts the hosts on a stage; all have power over machines. Nothing has run yet. */
export function stage(hosts: Readonly<Record<string, StagedHost>>, settings: StageSettings = {}): Staged {
  const scenario = {
    id: 'test',
    cast: Object.entries(hosts).map(([name, host]) => specOf(name, host)),
    faults: [],
    links: { default: settings.link ?? { baseMs: 1, jitterMeanMs: 0 } },
    windows: settings.windows ?? [{ fromMs: 0, untilMs: Infinity }],
    endMs: HOUR_MS,
  };
  const opened = openStage(scenario, { seed: settings.seed ?? 1 });
  const runUntil = (untilMs: number): void => {
    opened.kernel.run(untilMs * 1000);
    assertConserved(opened);
  };
  return { ...opened, runUntil };
}

/** The same, run to the end of an hour. */
export function play(hosts: Readonly<Record<string, StagedHost>>, settings?: StageSettings): Staged {
  const staged = stage(hosts, settings);
  staged.runUntil(HOUR_MS);
  return staged;
}

function specOf(name: string, host: StagedHost): HostSpec {
  const { main, ...rest } = typeof host === 'function' ? { main: host } : host;
  const role = { name: 'script', privileged: true, main: (world: World) => main(world) };
  return cast({ name, pool: 'hosts', role, options: undefined, ...rest });
}

/** Something happened, and when, in milliseconds. */
export type Entry = readonly [what: string, atMs: number];

/** What happened in a play. */
export class Log {
  readonly entries: Entry[] = [];

  add(world: World, what: string): void {
    this.entries.push([what, world.clock.nowMs()]);
  }

  /** Sleeps, and says how that ended: `name done`, or `name gone` when it was cancelled. */
  *nap(world: World, name: string, durationMs: number): Process<string> {
    let end = 'gone';
    try {
      yield* world.timers.sleep(durationMs);
      end = 'done';
      return name;
    } finally {
      this.add(world, `${name} ${end}`);
    }
  }
}

/** Fails after some time. */
export function* failing(world: World, afterMs: number, message = 'broken'): Process<never> {
  yield* world.timers.sleep(afterMs);
  throw new Error(message);
}

export function get(key = 1, more: Partial<Request> = {}): Request {
  return { method: 'GET', path: '/', source: 'test', key, ...more };
}

/** A server that works this long on each request and answers 200. */
export function serving(workMs: number, log?: Log): Script {
  return function* (world) {
    world.network.listen(function* (request): Process<Response> {
      yield* world.timers.sleep(workMs);
      log?.add(world, `served ${request.key}`);
      return { status: 200 };
    });
  };
}
