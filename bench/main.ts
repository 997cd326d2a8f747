/** `npm run -s bench`: measures in child processes and prints one table or one document. */
import { EXIT, UsageError } from '../bin/exit.ts';
import { HELP, readCommand, type BenchCommand } from './command-line.ts';
import { makeDocument, type BenchResult, type SuiteName } from './document.ts';
import { renderBench } from './render.ts';
import { growthSuite } from './suites/growth.ts';
import { kernelSuite } from './suites/kernel.ts';
import { replaySuite } from './suites/replay.ts';
import { scoreSuite } from './suites/score.ts';
import type { Progress, SuiteOptions } from './suites/suite.ts';

const SEED = 1;

const SUITES: Readonly<
  Record<SuiteName, (options: SuiteOptions, progress: Progress) => Promise<readonly BenchResult[]>>
> = { kernel: kernelSuite, replay: replaySuite, growth: growthSuite, score: scoreSuite };

process.once('SIGINT', () => process.exit(EXIT.interrupted));
process.once('SIGTERM', () => process.exit(EXIT.terminated));
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.closedPipe : EXIT.internal);
});
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const command = readCommand(args);
    if (!command.help) return await measure(command);
    process.stdout.write(`${HELP}\n`);
    return EXIT.pass;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`bench: ${error.message}\n`);
      return EXIT.usage;
    }
    process.stderr.write(`bench: ${error instanceof Error ? error.stack : String(error)}\n`);
    return EXIT.internal;
  }
}

/** 0 when every check holds, 1 when one does not; targets are only shown, since they depend on the machine. */
async function measure({ suites, json, quick }: BenchCommand): Promise<number> {
  const results: BenchResult[] = [];
  for (const suite of suites) {
    const progress: Progress = (what) => void process.stderr.write(`bench ${suite}: ${what}\n`);
    results.push(...(await SUITES[suite]({ quick, seed: SEED }, progress)));
  }
  const document = makeDocument(suites, quick, results);
  process.stdout.write(`${json ? JSON.stringify(document, undefined, 2) : renderBench(document)}\n`);
  return results.every(({ checks }) => checks.every(({ holds }) => holds)) ? EXIT.pass : EXIT.failed;
}
