/** Pipes that close, signals that come, terminals and colours: the program ends as a shell expects, and says so. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { authdrill, run } from '../portability/program.ts';
import { authdrillEnds, authdrillStarts, endOf, SMALL } from './started.ts';

const napta = 'napta-2025-12-19';
const command = `'${process.execPath}' '${authdrill}'`;

describe('a reader that closes the pipe', () => {
  test('ends the program quietly with 141, before it has printed anything', async () => {
    const child = authdrillStarts(['replay', napta, ...SMALL, '--quiet']);
    child.stdout.destroy();
    expect(await endOf(child)).toEqual({ code: 141, stderr: '' });
  });

  test('ends it in the middle of a document too large for the pipe', async () => {
    const script = `set -o pipefail; ${command} replay ${napta} --seeds 1..3 --quiet | head -1; echo "code \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await run('bash', ['-c', script]);
    expect(stdout).toMatch(/^a model consistent with the public report.*\ncode 141\n$/);
    expect(stderr).toBe('');
  });

  test('does not matter when all has been printed', async () => {
    const { stdout } = await run('bash', ['-c', `${command} list faults | cat; echo "code \${PIPESTATUS[0]}"`]);
    expect(stdout).toMatch(/code 0\n$/);
  });
});

describe('a signal', () => {
  test.each([
    ['SIGINT', 130, 'Ctrl-C (SIGINT)'],
    ['SIGTERM', 143, 'SIGTERM'],
  ] as const)(
    '%s ends a long run at once with %i, says so and leaves nothing half written',
    async (signal, code, name) => {
      const folder = mkdtempSync(join(tmpdir(), 'authdrill-signal-'));
      const path = join(folder, 'result.json');
      try {
        const child = authdrillStarts(['score', 'all', '--seeds', '500', '--output', path]);
        child.stdout.once('data', () => void setTimeout(1_500).then(() => child.kill(signal)));
        const end = await endOf(child);
        expect(end.code).toBe(code);
        expect(end.stderr).toContain(`authdrill: stopped by ${name}; nothing was written.`);
        expect(existsSync(path)).toBe(false);
        expect(readdirSync(folder)).toEqual([]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

  test('reaches a run in this process as soon as the run at hand is over', async () => {
    const child = authdrillStarts(['score', napta, ...SMALL, '--seeds', '500', '--workers', '1']);
    child.stdout.once('data', () => void setTimeout(1_500).then(() => child.kill('SIGINT')));
    expect((await endOf(child)).code).toBe(130);
  });
});

describe('an error of the program itself', () => {
  test('ends it with 70, one sentence, and the command that repeats the run', async () => {
    const dying = "import { isMainThread } from 'node:worker_threads'; if (!isMainThread) process.exit(9);";
    const env = { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(dying)}"` };
    const { exitCode, stdout, stderr } = await authdrillEnds(['replay', napta, '--seed', '4', '--json', '--quiet'], {
      env,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 70, stdout: '' });
    expect(stderr).toMatch(
      /^authdrill: internal error: A worker died: it ended with code 9 in the middle of a run\.$/m,
    );
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(`Again: authdrill replay ${napta} --seed 4`);
  });
});

describe('colours', () => {
  const escape = '\u001b[';

  test('stay away from a pipe, and come when forced', async () => {
    const args = ['list', 'presets'];
    expect((await authdrillEnds(args)).stdout).not.toContain(escape);
    const forced = { env: { FORCE_COLOR: '1' } };
    expect((await authdrillEnds(args, forced)).stdout).toContain(escape);
    expect((await authdrillEnds([...args, '--no-color'], forced)).stdout).not.toContain(escape);
    expect((await authdrillEnds(['--no-color', ...args], forced)).stdout).not.toContain(escape);
    expect((await authdrillEnds([...args, '--json'], forced)).stdout).not.toContain(escape);
  });
});
