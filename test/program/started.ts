/** Starts the compiled command line and lets a test talk to it while it runs. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { authdrill, run, type Ended, type Place } from '../portability/program.ts';

/** Few users make an incident small: some of its facts fail then, and tests that need that use it. */
export const SMALL = ['--assume', 'users=20'];

/** Runs `authdrill …` to its end. */
export function authdrillEnds(args: readonly string[], place?: Place): Promise<Ended> {
  return run(process.execPath, [authdrill, ...args], place);
}

/** Starts `authdrill …` and leaves its streams to the caller. */
export function authdrillStarts(args: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [authdrill, ...args], { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The exit code of a started program, and all that it still says on stderr. */
export async function endOf(
  child: ReturnType<typeof authdrillStarts>,
): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}
