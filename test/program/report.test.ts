/** `report` and `compare` as somebody runs them: from runs of their own, from files, and from files that are none. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentIn } from '../docs/gallery-document.ts';
import type { Ended } from '../portability/program.ts';
import { authdrillEnds, SMALL } from './started.ts';

const napta = 'napta-2025-12-19';
const RUN = [
  'report',
  napta,
  ...SMALL,
  '--seeds',
  '2',
  '--mitigation',
  'automatic-retry-fixed,shared-cookie-key',
  '--quiet',
];

let folder: string;
let made: Ended;
const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), 'utf8');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'authdrill-report-'));
  const formats = ['--html', at('a.html'), '--markdown', at('a.md'), '--junit', at('a.xml'), '--csv', at('a.csv')];
  made = await authdrillEnds([...RUN, ...formats, '--output', at('a.json')]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('report', () => {
  test('exits with 1 where a fact fails, and says which', () => {
    // Twenty users are too few for some facts.
    expect(made).toMatchObject({ exitCode: 1, stderr: '' });
    expect(made.stdout).toMatch(/^FAIL: napta-2025-12-19: not on every seed N/);
  });

  test('says the same in every format', () => {
    const document = JSON.parse(read('a.json')) as Record<string, unknown>;
    expect(document).toMatchObject({ kind: 'report', verdict: { word: 'FAIL' }, seeds: [1, 2] });
    expect(documentIn(read('a.html'))).toEqual(document);
    expect(read('a.md')).toContain('**FAIL**: napta-2025-12-19: not on every seed');
    const failed = [...read('a.xml').matchAll(/<failure /g)].length;
    expect(failed).toBeGreaterThan(0);
    expect(read('a.xml')).toContain(`failures="${failed}"`);
    expect(read('a.html').match(/>FAILS</g)).toHaveLength(failed);
    // Two arms, two seeds, two plays, and the head.
    expect(read('a.csv').trimEnd().split('\r\n')).toHaveLength(1 + 2 * 2 * 2);
  });

  test('draws the same bytes from its own file, without a run', async () => {
    const { exitCode } = await authdrillEnds(['report', at('a.json'), '--html', at('b.html'), '--quiet']);
    expect(exitCode).toBe(1);
    expect(read('b.html')).toBe(read('a.html'));
  });

  test('gives the same bytes on one worker as on two', async () => {
    const { exitCode } = await authdrillEnds([...RUN, '--workers', '1', '--output', at('one.json')]);
    expect(exitCode).toBe(1);
    expect(read('one.json')).toBe(read('a.json'));
  });

  test('takes scores as a file has them, and makes facts and figures of the same assumptions and seeds', async () => {
    const args = ['score', napta, ...SMALL, '--seeds', '2', '--mitigation', 'automatic-retry-fixed', '--quiet'];
    await authdrillEnds([...args, '--output', at('score.json')]);
    const { stdout, exitCode } = await authdrillEnds(['report', at('score.json'), '--json', '--quiet']);
    expect(exitCode).toBe(1);
    const score = JSON.parse(read('score.json')) as unknown;
    const ours = JSON.parse(read('a.json')) as { incidents: { sweep: unknown; picture: unknown }[] };
    const document = JSON.parse(stdout) as { score: unknown; incidents: { sweep: unknown; picture: unknown }[] };
    expect(document.score).toEqual(score);
    expect(document.incidents[0]!.sweep).toEqual(ours.incidents[0]!.sweep);
    expect(document.incidents[0]!.picture).toEqual(ours.incidents[0]!.picture);
    const asked = await authdrillEnds(['report', at('score.json'), '--csv', at('no.csv'), '--quiet']);
    expect(asked).toMatchObject({ exitCode: 2 });
    expect(asked.stderr).toMatch(/^authdrill: --csv needs the measures of every run/);
  });

  test('prints Markdown where no file is asked for', async () => {
    const { stdout } = await authdrillEnds(['report', at('a.json'), '--quiet']);
    expect(`${stdout.trimEnd()}\n`).toBe(read('a.md'));
  });
});

describe('compare', () => {
  test('a result with itself: nothing moved, exit code 0', async () => {
    const { exitCode, stdout } = await authdrillEnds(['compare', at('a.json'), at('a.json')]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/did not move\.\nPASS: nothing got worse\.\n$/);
  });

  test('another assumption is named, and a fact that breaks by it is worse: exit code 1', async () => {
    const replays = [
      ['before.json', []],
      ['after.json', SMALL],
    ] as const;
    for (const [name, assumptions] of replays) {
      await authdrillEnds(['replay', napta, ...assumptions, '--quiet', '--output', at(name)]);
    }
    const { exitCode, stdout } = await authdrillEnds(['compare', at('before.json'), at('after.json')]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('users 400 → 20');
    expect(stdout).toMatch(/^worse +fact N/m);
    const back = await authdrillEnds(['compare', at('after.json'), at('before.json'), '--json']);
    expect(back.exitCode).toBe(0);
    const { word, rows } = JSON.parse(back.stdout) as { word: string; rows: { word: string }[] };
    expect(word).toBe('PASS');
    expect(rows.some((row) => row.word === 'better')).toBe(true);
  });
});

describe('a file that is none', () => {
  const cases: readonly (readonly [what: string, text: string, sentence: RegExp])[] = [
    ['text', 'hello', /is not JSON\. Give a file that/],
    ['another program’s', '{"a":1}', /holds no document of authdrill\. Give/],
    ['a list', '{"schemaVersion":1,"kind":"list"}', /holds a document of kind "list"\. Give/],
    [
      'from the future',
      '{"schemaVersion":2,"kind":"score"}',
      /has schemaVersion 2; this program reads 1\. Make it again/,
    ],
    ['cut short', '{"schemaVersion":1,"kind":"score","seeds":[1]}', /is no score document: scenarios: /],
  ];

  test.each(cases)('%s', async (what, text, sentence) => {
    const path = at(`${what.length}-bad.json`);
    writeFileSync(path, text);
    const { exitCode, stdout, stderr } = await authdrillEnds(['report', path]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });

  test('nor may flags contradict it', async () => {
    const asked = await authdrillEnds(['report', at('a.json'), '--seeds', '5']);
    expect(asked).toMatchObject({ exitCode: 2, stdout: '' });
    expect(asked.stderr).toMatch(/^authdrill: --seeds does not go with a result file\./);
    const two = await authdrillEnds(['report', at('a.json'), napta]);
    expect(two.stderr).toMatch(/^authdrill: report takes one result file, or incidents\./);
  });

  test('a folder that is not there is refused before anything runs', async () => {
    const asked = await authdrillEnds(['report', napta, '--html', at('no/where.html')]);
    expect(asked).toMatchObject({ exitCode: 2, stdout: '' });
    expect(asked.stderr).toMatch(/^authdrill: --html .* is not a directory\. Make it first\./);
  });
});
