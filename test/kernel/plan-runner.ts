/** Carries out plans on a host, and keeps the books: what was begun must be ended, what was taken given back. */
import type {
  Handle,
  Operation,
  Pool,
  Process,
  Request,
  Response,
  Signal,
  World,
} from '../../simulator/contract/index.ts';
import type { Plan } from './plans.ts';
import { failing, get } from './stage.ts';

export interface Books {
  begunCount: number;
  endedCount: number;
  readonly pools: Pool[];
}

const HOSTS = ['a', 'b', 'c'];

export class PlanRunner {
  readonly #world: World;
  readonly #books: Books;
  readonly #pools: readonly Pool[];
  readonly #signals: readonly Signal<void>[];
  readonly #handles: Handle<void>[] = [];
  #key = 0;

  constructor(world: World, books: Books) {
    const { tasks, network } = world;
    this.#world = world;
    this.#books = books;
    this.#pools = [tasks.pool(1), tasks.pool(2, 1)];
    this.#signals = [tasks.signal<void>(), tasks.signal<void>(), tasks.signal<void>()];
    books.pools.push(...this.#pools);
    const overflow = world.host.name === 'a' ? 'drop' : 'refuse';
    network.listen((request) => this.#answer(request), { concurrency: 2, queueLimit: 1, overflow });
  }

  *#answer(request: Request): Process<Response> {
    yield* this.run(request.body as Plan);
    const fates = ['deliver', 'deliver', 'hang', 'dribble', 'cut'] as const;
    return { status: 200, fate: fates[request.key % fates.length]!, dribbleMs: 3 };
  }

  *run(plan: Plan): Process<void> {
    this.#books.begunCount++;
    try {
      yield* this.#act(plan);
    } finally {
      this.#books.endedCount++;
    }
  }

  *#act(plan: Plan): Process<void> {
    const { tasks, timers, network } = this.#world;
    switch (plan.do) {
      case 'sleep':
        return yield* timers.sleep(plan.ms);
      case 'wait':
        return void (yield* tasks.timeout(plan.ms, this.#signals[plan.signal]!.wait()));
      case 'fire':
        return this.#signals[plan.signal]!.fire();
      case 'cancel':
        return this.#handles[plan.which % Math.max(1, this.#handles.length)]?.cancel();
      case 'time-out':
        return void (yield* tasks.timeout(plan.ms, this.run(plan.plan)));
      case 'hold':
        return yield* this.#hold(this.#pools[plan.pool]!, plan.plan);
      case 'spawn':
        return yield* this.#spawn(plan);
      case 'call': {
        const request = get(this.#key++, { body: plan.plan });
        return void (yield* network.call(HOSTS[plan.host]!, request, { timeoutMs: plan.timeoutMs }));
      }
      case 'sequence':
      case 'race':
      case 'all':
      case 'fail':
        return yield* this.#several(plan.do, plan.plans);
      case 'crash':
      case 'stop':
      case 'start':
      case 'pause':
      case 'resume':
        return yield* this.#power(plan.do, HOSTS[plan.host]!);
    }
  }

  *#several(how: 'sequence' | 'race' | 'all' | 'fail', plans: readonly Plan[]): Process<void> {
    const { tasks } = this.#world;
    if (how === 'sequence') {
      for (const plan of plans) yield* this.run(plan);
      return;
    }
    const works = plans.map((plan) => this.run(plan));
    if (how === 'race') yield* tasks.race(...works);
    else if (how === 'all') yield* tasks.all(...works);
    else yield* this.#caught(tasks.all(...works, failing(this.#world, 1, 'on purpose')), 'on purpose');
  }

  *#hold(pool: Pool, plan: Plan): Process<void> {
    const granted = yield* this.#world.tasks.timeout(20, pool.acquire());
    if (granted !== true) return;
    try {
      yield* this.run(plan);
    } finally {
      pool.release();
    }
  }

  *#spawn({ fate, plan }: Extract<Plan, { do: 'spawn' }>): Process<void> {
    const { tasks, timers } = this.#world;
    const handle = fate === 'background' ? tasks.background(this.run(plan)) : tasks.spawn(this.run(plan));
    this.#handles.push(handle);
    if (fate === 'join') yield* this.#caught(handle.join(), 'was cancelled');
    if (fate !== 'cancel') return;
    yield* timers.sleep(2);
    handle.cancel();
  }

  *#caught(work: Operation<unknown>, expected: string): Process<void> {
    try {
      yield* work;
    } catch (error) {
      if (!(error instanceof Error && error.message.includes(expected))) throw error;
    }
  }

  *#power(action: 'crash' | 'stop' | 'start' | 'pause' | 'resume', host: string): Process<void> {
    const hosts = this.#world.hosts!;
    if (action === 'stop') yield* hosts.stop(host, 4);
    else hosts[action](host);
  }
}
