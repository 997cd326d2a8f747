#!/usr/bin/env node
/** The front door: runs the command line and turns whatever happens into one sentence and the right exit code. */
import { CommanderError } from 'commander';
import { SimulatorError } from '../simulator/contract/errors.ts';
import { EXIT, RunError, UsageError } from './exit.ts';
import { makeProgram } from './program.ts';

listenToTheWorld();
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--no-color')) {
    delete process.env['FORCE_COLOR'];
    process.env['NO_COLOR'] = '1';
  }
  let exitCode: number = EXIT.usage;
  const program = makeProgram((code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  // Commander has said it already; help and version are no failures.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.usage;
  if (error instanceof UsageError || (error instanceof SimulatorError && error.code === 'bad-argument')) {
    process.stderr.write(`authdrill: ${error.message}\n`);
    return EXIT.usage;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`authdrill: internal error: ${message}\n`);
  if (error instanceof RunError) {
    if (typeof error.cause === 'string') process.stderr.write(`${error.cause}\n`);
    process.stderr.write(`Again: ${error.again}\n`);
  } else if (error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return EXIT.internal;
}

function listenToTheWorld(): void {
  const stopped = (signal: string, exitCode: number): void => {
    process.stderr.write(`\nauthdrill: stopped by ${signal}; nothing was written.\n`);
    process.exit(exitCode);
  };
  process.once('SIGINT', () => stopped('Ctrl-C (SIGINT)', EXIT.interrupted));
  process.once('SIGTERM', () => stopped('SIGTERM', EXIT.terminated));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `authdrill … | head -1`: the reader has what it wanted.
    if (error.code === 'EPIPE') process.exit(EXIT.closedPipe);
    process.stderr.write(`authdrill: cannot write the result: ${error.message}\n`);
    process.exit(EXIT.internal);
  });
  // Messages that nobody reads any more are no reason to stop.
  process.stderr.on('error', () => undefined);
}
