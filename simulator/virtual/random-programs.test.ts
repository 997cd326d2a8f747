import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PlanRunner, type Books } from '../../test/kernel/plan-runner.ts';
import { programs, type Plan } from '../../test/kernel/plans.ts';
import { HOUR_MS, stage, type Script } from '../../test/kernel/stage.ts';

/** When every host is resumed and started: nothing may hang for ever afterwards. */
const PEACE_MS = HOUR_MS / 2;

function run(plans: readonly Plan[], seed = 1) {
  const books: Books = { begunCount: 0, endedCount: 0, pools: [] };
  const carryOut = (plan: Plan): Script =>
    function* (world) {
      const runner = new PlanRunner(world, books);
      if (world.host.incarnation === 1) yield* runner.run(plan);
    };
  const [a, b, c] = plans.map(carryOut) as [Script, Script, Script];
  const peacemaker: Script = function* ({ hosts, timers }) {
    yield* timers.sleep(PEACE_MS);
    for (const name of ['a', 'b', 'c']) hosts!.resume(name);
    yield* timers.sleep(PEACE_MS / 2);
    // Hung calls end with their server.
    for (const name of ['a', 'b', 'c']) hosts!.crash(name);
  };
  const staged = stage({ a, b, c, peacemaker }, { seed, link: { baseMs: 0.5, jitterMeanMs: 0.5, lossRatio: 0.1 } });
  return { books, ...staged };
}

const settings = { numRuns: 400, seed: 1 };

it('whatever a program does, nothing is lost: every process ends, every permit is given back, no event stays behind', () => {
  fc.assert(
    fc.property(programs, (plans) => {
      const { books, kernel, network, runUntil } = run(plans);
      for (let atMs = 0; atMs < 50; atMs += 5) runUntil(atMs);
      runUntil(HOUR_MS);
      expect(books.endedCount).toBe(books.begunCount);
      expect(books.pools.map(({ busyCount, waitingCount }) => busyCount + waitingCount)).toEqual(
        books.pools.map(() => 0),
      );
      expect(kernel.queue.pendingCount).toBe(0);
      expect(kernel.spawnedCount - kernel.settledCount).toBe(network.hosts.filter(({ root }) => root).length);
    }),
    settings,
  );
});

it('whatever a program does, a seed gives one history', () => {
  fc.assert(
    fc.property(programs, fc.nat(), (plans, seed) => {
      const [one, other] = [run(plans, seed), run(plans, seed)];
      for (const { runUntil } of [one, other]) runUntil(HOUR_MS);
      expect(other.kernel.trace.digest()).toBe(one.kernel.trace.digest());
      expect(other.books.begunCount).toBe(one.books.begunCount);
    }),
    { ...settings, numRuns: 100 },
  );
});
