/** Starts the programs that are measured, one at a time, and reads the JSON that each prints. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job } from './job.ts';
import type { Sample } from './sample.ts';

const childModule = fileURLToPath(new URL('./child.js', import.meta.url));

export function runJob(job: Job): Promise<Sample> {
  return runForJson<Sample>(process.execPath, ['--expose-gc', childModule, JSON.stringify(job)]);
}

/** The one JSON value that a program prints. Rejects with its command when it fails or prints something else. */
export async function runForJson<T>(command: string, args: readonly string[]): Promise<T> {
  return JSON.parse(await outputOf(command, args)) as T;
}

function outputOf(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const killChild = (): void => void child.kill();
  process.once('exit', killChild);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => void chunks.push(chunk));
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new Error(`${[command, ...args].join(' ')}: ${reason}`));
    child.once('error', (error) => fail(error.message));
    child.once('close', (code, signal) => {
      process.off('exit', killChild);
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'));
      else fail(signal === null ? `ended with code ${code}` : `ended by ${signal}`);
    });
  });
}
