/** Clients that do nothing: what a waiting process costs in memory, with its timer. */
import {
  cast,
  type Draws,
  type Operation,
  type Process,
  type Role,
  type Timers,
  type World,
} from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { liveBytes } from '../heap.ts';
import type { Sample } from '../sample.ts';
import { Stopwatch } from '../stopwatch.ts';

const THINK_MEAN_MS = 5_000;
/** So that none has woken when they are weighed. */
const SETTLED_MS = 0;

interface SleepersOptions {
  readonly clientCount: number;
  readonly onBegin: () => void;
  readonly onAsleep: () => void;
}

const sleepers: Role<SleepersOptions> = { name: 'sleepers', main };

export async function idleClients(seed: number, clientCount: number): Promise<Sample> {
  const stopwatch = new Stopwatch();
  let emptyBytes = 0;
  let populatedBytes = 0;
  const onBegin = (): void => {
    emptyBytes = liveBytes();
    stopwatch.start();
  };
  const onAsleep = (): void => {
    stopwatch.stop();
    populatedBytes = liveBytes();
  };
  const options: SleepersOptions = { clientCount, onBegin, onAsleep };
  const hosts = [cast({ name: 'sleepers', pool: 'people', role: sleepers, options })];
  const record = runScenario(
    {
      id: 'bench',
      cast: hosts,
      faults: [],
      links: {},
      windows: [{ fromMs: 0, untilMs: SETTLED_MS }],
      endMs: SETTLED_MS,
    },
    { seed },
  );
  return {
    ...(await stopwatch.read()),
    eventCount: 0,
    bytesPerClient: (populatedBytes - emptyBytes) / clientCount,
    traceHash: record.traceHash,
    figures: { clientCount },
  };
}

function* main(world: World, { clientCount, onBegin, onAsleep }: SleepersOptions): Process<void> {
  const crowd = new Crowd(world);
  onBegin();
  for (let client = 0; client < clientCount; client++) world.tasks.spawn(crowd.live(client));
  yield* world.timers.sleep(SETTLED_MS);
  onAsleep();
}

/** As populations are written: what all of them share stands in one object, not in each of their frames. */
class Crowd {
  readonly #timers: Timers;
  readonly #think: Draws;

  constructor(world: World) {
    this.#timers = world.timers;
    this.#think = world.draws('think');
  }

  *live(client: number): Process<void> {
    for (let visit = 0; ; visit++) yield* this.#pause(client, visit);
  }

  #pause(client: number, visit: number): Operation<void> {
    return this.#timers.sleep(1 + this.#think.exponential(THINK_MEAN_MS, client, visit));
  }
}
