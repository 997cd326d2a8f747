/** Whatever is wrong with a command line, the answer is one sentence that names it and the remedy, and exit code 2. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { authdrillEnds } from './started.ts';

const napta = 'napta-2025-12-19';

const cases: readonly (readonly [args: string, sentence: RegExp])[] = [
  ['replay napta', /^authdrill: Unknown incident "napta"\. Did you mean "napta-2025-12-19"\? Known: /],
  ['replay', /^authdrill: missing required argument 'incident'\n\(authdrill replay --help/],
  ['scor', /^authdrill: unknown command 'scor' \(Did you mean score\?\)/],
  [`replay ${napta} --sed 1`, /^authdrill: unknown option '--sed' \(Did you mean --seed\?\)/],
  [`replay ${napta} ${napta}`, /^authdrill: too many arguments/],
  [`replay ${napta} --seed`, /^authdrill: option '--seed <n>' argument missing/],
  [`replay ${napta} --seed abc`, /^authdrill: --seed abc is not a whole number of 0 or more\. Give a whole number/],
  [`replay ${napta} --seed -3`, /^authdrill: --seed -3 is not a whole number/],
  [`replay ${napta} --seeds 5..1`, /^authdrill: --seeds 5\.\.1 ends before it begins\. Give a range/],
  [`replay ${napta} --seeds 1..3 --seed 1`, /^authdrill: --seed and --seeds exclude each other\./],
  [`replay ${napta} --seeds 1..3 --verify`, /^authdrill: --verify runs one seed twice\./],
  [`replay ${napta} --seeds 1..3 --mitigation automatic-retry-fixed`, /^authdrill: --mitigation goes with --seed;/],
  [`replay ${napta} --mitigation auto-retry`, /^authdrill: Unknown mitigation "auto-retry"\. Did you mean "automatic-/],
  [`replay ${napta} --mitigation shared-cookie-key`, /no object in napta-2025-12-19: no session cookie here\. Leave/],
  [`replay ${napta} --assume user=9`, /^authdrill: --assume: no assumption "user" in napta.* Did you mean "users"\?/],
  [`replay ${napta} --assume users=1`, /^authdrill: Assumption "users" cannot be 1\. Give a value from 20 to /],
  [`replay ${napta} --assume users`, /^authdrill: --assume users is no assignment like users=800\./],
  [`score all --assume bootms=9000`, /^authdrill: --assume: no assumption "bootms" in napta.* Did you mean "bootMs"\?/],
  [`score ${napta} uniflow`, /^authdrill: Unknown incident "uniflow"\. Did you mean "uniflow-2024-09-09"\?/],
  [`score ${napta} --workers 0`, /^authdrill: --workers 0 is out of bounds\. Give a number from 1/],
  [`explain ${napta} --at 25:00`, /^authdrill: The play has no moment "25:00"\. Give a time from 15:20 to 18:55 CET/],
  [`explain ${napta} --user u400`, /has no user "u400" under seed 1\. It has: u0 to u399 \(400 users\)/],
  ['list mitigatons', /^authdrill: There is no list "mitigatons"\. Did you mean "mitigations"\?/],
];

describe('bad input', () => {
  test.each(cases)('authdrill %s', async (args, sentence) => {
    const [command, ...rest] = args.split(' ');
    const { exitCode, stdout, stderr } = await authdrillEnds([command!, '--quiet', '--json', ...rest]);
    expect(stderr).toMatch(sentence);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  });

  test('an output path that cannot be written is refused before the run, and nothing is left', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'authdrill-bad-'));
    try {
      const asked = await authdrillEnds(['replay', napta, '--output', folder, '--quiet']);
      expect(asked).toMatchObject({ exitCode: 2, stdout: '' });
      expect(asked.stderr).toBe(`authdrill: --output ${folder} is a directory. Give the path of a file.\n`);
      const nowhere = await authdrillEnds(['list', '--output', join(folder, 'no', 'where.json')]);
      expect(nowhere).toMatchObject({ exitCode: 2, stdout: '' });
      expect(nowhere.stderr).toContain('which is not a directory. Make it first.');
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('no command at all shows the help on stderr', async () => {
    const { exitCode, stdout, stderr } = await authdrillEnds([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^Examples:\n {2}authdrill list\n/);
  });
});
