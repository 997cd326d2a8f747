/** Runs experiments that decide after each batch what to run next: several at a time, so that no core waits for the last run of one. */
import { Progress } from './progress.ts';
import type { Runner } from './pool.ts';
import type { ResultOf, Task } from './tasks.ts';

/** What comes next depends on the results so far alone, never on which of them came first. */
export interface Staged<T extends Task> {
  /** Tasks to do now; none when it is over. */
  readonly next: () => readonly T[];
  /** Takes their results, in the order of the tasks. */
  readonly take: (results: readonly ResultOf<T>[]) => void;
}

export interface StagesOptions {
  readonly label: string;
  readonly quiet: boolean;
}

/** Runs all of them to their ends. Rejects as the runner does. */
export async function runStages<T extends Task>(
  runner: Runner,
  staged: readonly Staged<T>[],
  { label, quiet }: StagesOptions,
): Promise<void> {
  const progress = new Progress(label, 0, { quiet });
  const toItsEnd = async ({ next, take }: Staged<T>): Promise<void> => {
    for (let tasks = next(); tasks.length > 0; tasks = next()) {
      progress.expect(tasks.length);
      const counted = tasks.map(async (task) => {
        const result = await runner.run(task);
        progress.step();
        return result;
      });
      take(await Promise.all(counted));
    }
  };
  try {
    await Promise.all(staged.map(toItsEnd));
  } finally {
    progress.end();
  }
}
