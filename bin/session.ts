/** What all commands share: the flags that hold everywhere, a runner for the work, an end that leaves nothing behind. */
import { checkOutput, tell, terminalPaint, toJson, writeWhole } from './output.ts';
import { unpainted, type Paint } from '../reports/render/paint.ts';
import { parseWorkers } from './options.ts';
import { makeRunner, type Runner } from './pool.ts';
import { Progress } from './progress.ts';
import type { ResultOf, Task } from './tasks.ts';

/** As commander hands them over: texts, unchecked. */
export interface CommonFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly output?: string;
  readonly workers?: string;
}

export class Session {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly paint: Paint;
  readonly #output: string | undefined;
  readonly #workerCount: number | undefined;

  /** @throws UsageError for flags that cannot be */
  constructor(flags: CommonFlags) {
    this.json = flags.json === true;
    this.quiet = flags.quiet === true;
    this.paint = this.json ? unpainted : terminalPaint;
    this.#output = flags.output;
    this.#workerCount = parseWorkers(flags.workers);
    if (flags.output !== undefined) checkOutput(flags.output);
  }

  /** What a person reads before the run: on stdout, or on stderr where stdout is for one JSON document. */
  announce(text: string): void {
    if (!this.json) process.stdout.write(`${text}\n`);
    else if (!this.quiet) tell(text);
  }

  /** A part of the text for people; nothing where JSON was asked for. */
  say(text: string): void {
    if (!this.json) process.stdout.write(`${text}\n`);
  }

  /** The document itself: to stdout as JSON when asked for, and to the output file. */
  deliver(document: unknown): void {
    if (this.#output !== undefined) {
      writeWhole(this.#output, `${toJson(document)}\n`);
      if (!this.quiet) tell(`authdrill: wrote ${this.#output}`);
    }
    if (this.json) process.stdout.write(`${toJson(document)}\n`);
  }

  /** Lends a runner for `taskCount` tasks and ends it afterwards, whatever happens. */
  async withRunner<A>(taskCount: number, work: (runner: Runner) => Promise<A>): Promise<A> {
    const runner = makeRunner({ taskCount, workerCount: this.#workerCount });
    try {
      return await work(runner);
    } finally {
      await runner.close();
    }
  }

  /** All results in the order of the tasks, with progress. */
  async runAll<T extends Task>(runner: Runner, label: string, tasks: readonly T[]): Promise<readonly ResultOf<T>[]> {
    const progress = new Progress(label, tasks.length, { quiet: this.quiet });
    const counted = async (task: T): Promise<ResultOf<T>> => {
      const result = await runner.run(task);
      progress.step();
      return result;
    };
    try {
      return await Promise.all(tasks.map(counted));
    } finally {
      progress.end();
    }
  }

  async runOne<T extends Task>(runner: Runner, label: string, task: T): Promise<ResultOf<T>> {
    return (await this.runAll(runner, label, [task]))[0]!;
  }
}
