/** Runs a program to its end, as a user's shell would: npm, which may have started the tests, tells it nothing. */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Identity, Run } from './identity.ts';

/** The compiled command line of this clone. */
export const authdrill = fileURLToPath(new URL('../../dist/bin/authdrill.js', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place {
  /** Default: the folder for temporary files, which is nobody's clone. */
  readonly cwd?: string;
  /** Laid over the environment of the shell. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Waits for the end, whatever it is; never outlives this process. @throws Error when the program cannot be started */
export function run(
  command: string,
  args: readonly string[],
  { cwd = tmpdir(), env = {} }: Place = {},
): Promise<Ended> {
  const child = spawn(command, args, { cwd, env: { ...outsideNpm(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const stopChild = (): void => void child.kill();
  process.once('exit', stopChild);
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => (texts[name] += chunk));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      process.off('exit', stopChild);
      resolve({ exitCode, ...texts });
    });
  });
}

/** npm's settings stay (a mirror, a cache); what it says of the script that is running goes, for nested calls obey that. */
function outsideNpm(): NodeJS.ProcessEnv {
  const ofTheScript = /^(?:INIT_CWD|npm_(?!config_).*|npm_config_(?:package|call|yes|local_prefix|workspaces?))$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofTheScript.test(name)));
}

/** The standard output of a program that ends well. @throws Error with its last words when it does not */
export async function output(command: string, args: readonly string[], place?: Place): Promise<string> {
  const { exitCode, stdout, stderr } = await run(command, args, place);
  if (exitCode === 0) return stdout;
  throw new Error(
    `${[command, ...args].join(' ')} ended with exit code ${exitCode}:\n${stdout.slice(-2_000)}\n${stderr}`,
  );
}

/** What follows `authdrill` to replay this. */
export function replayArguments({ incident, seed, mitigations }: Run): readonly string[] {
  const added = mitigations.length === 0 ? [] : ['--mitigation', mitigations.join(',')];
  return ['replay', incident, '--seed', String(seed), ...added, '--json', '--quiet'];
}

/** The identity within a result document. */
export function identityIn(document: string): Identity {
  const { digest, traceHash, eventCount, status } = JSON.parse(document) as Identity;
  return { digest, traceHash, eventCount, status };
}
