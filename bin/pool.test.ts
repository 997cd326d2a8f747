import { describe, expect, it } from 'vitest';
import { RunError, UsageError } from './exit.ts';
import { makeRunner } from './pool.ts';
import type { Task } from './tasks.ts';

/** A worker that does what the seed of its task says. */
const planted = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads';
    parentPort.on('message', async ({ id, task }) => {
      if (task.seed === 13) process.exit(9);
      if (task.seed === 14) throw new Error('out of luck');
      if (task.seed === 15) return parentPort.postMessage({ id, failure: { message: 'no such day', stack: '', isUsage: true } });
      if (task.seed === 16) return parentPort.postMessage({ id, failure: { message: 'model broke', stack: 'at step 3', isUsage: false } });
      // Those asked first take longest.
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 60 - 10 * task.seed)));
      parentPort.postMessage({ id, result: { seed: task.seed, threadId } });
    });`)}`,
);

const task = (seed: number): Task => {
  return { kind: 'replay', incident: 'turnstile', seed, mitigations: ['a', 'b'], assumptions: { users: 5 } };
};
const AGAIN = 'replay turnstile --seed 13 --mitigation a,b --assume users=5';

async function withPool<A>(
  workerCount: number,
  work: (run: (seed: number) => Promise<unknown>) => Promise<A>,
): Promise<A> {
  const runner = makeRunner({ taskCount: 8, workerCount, workerModule: planted });
  try {
    return await work((seed) => runner.run(task(seed)));
  } finally {
    await runner.close();
  }
}

describe('the pool', () => {
  it('gives every answer to its own task, whoever is done first', async () => {
    const answers = await withPool(3, (run) => Promise.all([0, 1, 2, 3, 4, 5, 6].map(run)));
    expect(answers.map((answer) => (answer as { seed: number }).seed)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('starts as many workers as it may, and uses them again', async () => {
    const answers = await withPool(2, (run) => Promise.all([0, 1, 2, 3, 4, 5, 6].map(run)));
    expect(new Set(answers.map((answer) => (answer as { threadId: number }).threadId)).size).toBe(2);
  });

  it('starts no more workers than there are tasks', () => {
    expect(makeRunner({ taskCount: 2, workerCount: 8, workerModule: planted }).workerCount).toBe(2);
    expect(makeRunner({ taskCount: 5, workerCount: 1 }).workerCount).toBe(1);
  });

  it('says which run a worker died of, and how to repeat it', async () => {
    const error = await withPool(2, (run) => run(13).catch((caught: unknown) => caught));
    expect(error).toBeInstanceOf(RunError);
    expect((error as RunError).message).toBe('A worker died: it ended with code 9 in the middle of a run.');
    expect((error as RunError).again).toContain(AGAIN);
  });

  it('goes on with the other tasks after a worker has died, in a new one', async () => {
    const answers = await withPool(2, (run) => Promise.allSettled([13, 14, 1, 2, 3].map(run)));
    expect(answers.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
    expect((answers[1] as PromiseRejectedResult).reason).toMatchObject({ message: 'A worker died: out of luck.' });
  });

  it('tells what the caller can put right from what has broken', async () => {
    const [usage, broken] = await withPool(1 + 1, (run) => Promise.allSettled([15, 16].map(run)));
    expect((usage as PromiseRejectedResult).reason).toBeInstanceOf(UsageError);
    expect((broken as PromiseRejectedResult).reason).toMatchObject({
      name: 'RunError',
      message: 'model broke',
      cause: 'at step 3',
    });
  });

  it('is quiet about runs that it gives up when it is closed', async () => {
    const runner = makeRunner({ taskCount: 2, workerCount: 2, workerModule: planted });
    let settled = false;
    runner.run(task(0)).then(
      () => (settled = true),
      () => (settled = true),
    );
    await runner.close();
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(settled).toBe(false);
  });
});
