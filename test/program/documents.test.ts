/** What the commands print: one JSON document, or a text that begins with what it is not; the same bytes each time. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { authdrillEnds, SMALL } from './started.ts';

const napta = 'napta-2025-12-19';
const DISCLAIMER = 'a model consistent with the public report; not a reconstruction; not affiliated';

async function documentOf(...args: readonly string[]) {
  const { stdout, exitCode } = await authdrillEnds([...args, '--json', '--quiet']);
  return { ...(JSON.parse(stdout) as Record<string, never>), exitCode } as Record<string, unknown>;
}

describe('list', () => {
  test('names incidents, mitigations, faults and presets, each with one sentence', async () => {
    const { exitCode, schemaVersion, incidents, mitigations, faults, presets } = await documentOf('list');
    expect({ exitCode, schemaVersion }).toEqual({ exitCode: 0, schemaVersion: 1 });
    for (const list of [incidents, mitigations, faults, presets] as { id: string; sentence: string }[][]) {
      expect(list.length).toBeGreaterThan(1);
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
      expect(list.filter(({ sentence }) => !/^.+\.$/.test(sentence))).toEqual([]);
    }
  });

  test('shows one kind alone', async () => {
    const listed = await documentOf('list', 'faults');
    expect(Object.keys(listed)).toEqual(['schemaVersion', 'kind', 'faults', 'exitCode']);
    const { stdout } = await authdrillEnds(['list', 'mitigations']);
    expect(stdout).toMatch(/^mitigations\n {2}/);
    expect(stdout).not.toContain('incidents');
  });
});

describe('replay', () => {
  test('exits with 0 when every fact of the historical replay holds, and says so in the document', async () => {
    const result = await documentOf('replay', napta, '--seed', '1');
    expect(result).toMatchObject({
      exitCode: 0,
      kind: 'replay',
      mode: 'historical',
      scenario: napta,
      seed: 1,
      status: 'holds',
    });
    expect(result['digest']).toMatch(/^[\da-f]{64}$/);
    const facts = result['facts'] as Record<string, unknown>[];
    expect(facts.map((fact) => Object.keys(fact))).toEqual(
      facts.map(() => expect.arrayContaining(['id', 'kind', 'scope', 'holds', 'expected', 'observed', 'tolerance'])),
    );
    expect(facts.filter(({ scope, holds }) => scope === 'run' && holds !== true)).toEqual([]);
  });

  test('exits with 1 when a fact fails, and with 3 when a fault was never felt', async () => {
    expect(await documentOf('replay', napta, ...SMALL)).toMatchObject({ exitCode: 1, status: 'fails' });
    const late = [...SMALL, '--assume', 'outageFromMs=-1000', '--assume', 'outageUntilMs=60000'];
    expect(await documentOf('replay', napta, ...late)).toMatchObject({ exitCode: 3, status: 'inconclusive' });
  });

  test('shows facts as kept or changed with a mitigation, and exits with 0 whatever becomes of them', async () => {
    const result = await documentOf('replay', napta, ...SMALL, '--mitigation', 'automatic-retry-fixed');
    expect(result).toMatchObject({ exitCode: 0, mode: 'counterfactual', mitigations: ['automatic-retry-fixed'] });
    const facts = result['facts'] as { id: string; history?: { change: string; holds: boolean; observed: string } }[];
    expect(facts.find(({ id }) => id === 'N7')!.history).toMatchObject({ change: 'changed', holds: true });
    expect(facts.find(({ id }) => id === 'N2')!.history).toMatchObject({ change: 'kept', holds: true });
  });

  test('begins with the disclaimer, prints the seed and the assumptions before the run, ends with the same command', async () => {
    const { stdout, stderr } = await authdrillEnds(['replay', napta, '--seed', '3', ...SMALL]);
    expect(stdout.startsWith(`${DISCLAIMER}\n`)).toBe(true);
    const places = [
      'seed 3',
      'users=20',
      'Timeline',
      'Facts of the public report',
      'facts that one run can show hold',
    ].map((text) => stdout.indexOf(text));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`Again: authdrill replay ${napta} --seed 3 --assume users=20`);
    expect(stderr).not.toContain('Facts');
  });

  test('with --json says the seed and the assumptions on stderr, unless quiet', async () => {
    const loud = await authdrillEnds(['replay', napta, '--seed', '3', ...SMALL, '--json']);
    expect(loud.stderr).toContain('seed 3');
    expect(loud.stderr).toContain('users=20');
    expect(JSON.parse(loud.stdout)).toMatchObject({ seed: 3 });
    const quiet = await authdrillEnds(['replay', napta, '--seed', '3', ...SMALL, '--json', '--quiet']);
    expect(quiet.stderr).toBe('');
    expect(quiet.stdout).toBe(loud.stdout);
  });

  test('runs a seed twice on demand and says that both agree', async () => {
    const { stdout, exitCode } = await authdrillEnds(['replay', napta, ...SMALL, '--verify']);
    expect(stdout).toMatch(/^Run twice: [\d,]+ events, the same trace [\da-f]{16} and the same record\.$/m);
    expect(exitCode).toBe(1);
  });
});

describe('the same document', () => {
  test('comes of the same seed in another process, and another of another seed', async () => {
    const [one, same, other] = await Promise.all([
      documentOf('replay', napta, ...SMALL, '--seed', '5'),
      documentOf('replay', napta, ...SMALL, '--seed', '5', '--workers', '1'),
      documentOf('replay', napta, ...SMALL, '--seed', '6'),
    ]);
    expect(same).toEqual(one);
    expect(other!['digest']).not.toBe(one!['digest']);
  });

  test('comes of one worker and of two, for many seeds', async () => {
    const args = ['replay', napta, ...SMALL, '--seeds', '1..4'];
    const [one, two] = [await documentOf(...args, '--workers', '1'), await documentOf(...args, '--workers', '2')];
    expect(two).toEqual(one);
    expect(one).toMatchObject({ kind: 'sweep', seeds: [1, 2, 3, 4], exitCode: 1 });
  });

  test('comes of one worker and of two, for a scorecard', async () => {
    const args = ['score', napta, ...SMALL, '--seeds', '2', '--mitigation', 'automatic-retry-fixed,shared-cookie-key'];
    const [one, two] = [await documentOf(...args, '--workers', '1'), await documentOf(...args, '--workers', '2')];
    expect(two).toEqual(one);
    const [scenario] = one['scenarios'] as { id: string; mitigations: Record<string, unknown>[] }[];
    expect(scenario!.mitigations).toMatchObject([
      {
        id: 'automatic-retry-fixed',
        status: 'scored',
        verdict: expect.any(String) as string,
        exposure: { word: 'within budget' },
      },
      { id: 'shared-cookie-key', status: 'n/a', reason: 'no session cookie here', score: null },
    ]);
    const { mean, low, high } = scenario!.mitigations[0]!['score'] as { mean: number; low: number; high: number };
    expect([low <= mean, mean <= high, mean > 50]).toEqual([true, true, true]);
  });
});

describe('explain', () => {
  test('tells why a request failed and how its user’s day went', async () => {
    const told = await documentOf('explain', napta, ...SMALL, '--seed', '1', '--user', 'u17', '--at', '16:02');
    expect(told).toMatchObject({ exitCode: 0, kind: 'explain', user: 'u17', asked: '16:02' });
    const failure = told['failure'] as { culprit: string; outcome: string; steps: unknown[]; faults: { id: string }[] };
    expect(failure).toMatchObject({ outcome: '401', culprit: expect.stringMatching(/^api-1[56]$/) as string });
    expect(failure.faults.map(({ id }) => id)).toEqual(['idp-keys-unreachable']);
    const { stdout } = await authdrillEnds(['explain', napta, ...SMALL, '--user', 'u17']);
    expect(stdout.startsWith(DISCLAIMER)).toBe(true);
    expect(stdout).toContain('failed to fetch the verification keys');
    expect(stdout).toContain('The day of u17 (CET)');
  });
});

describe('--output', () => {
  test('writes the document whole beside the text, and leaves no other file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'authdrill-written-'));
    const path = join(folder, 'result.json');
    writeFileSync(path, 'what was there before');
    try {
      const { stdout, stderr } = await authdrillEnds(['replay', napta, ...SMALL, '--output', path]);
      const json = await authdrillEnds(['replay', napta, ...SMALL, '--json', '--quiet']);
      expect(readFileSync(path, 'utf8')).toBe(json.stdout);
      expect(stdout).toContain('Facts of the public report');
      expect(stderr).toContain(`wrote ${path}`);
      expect(readdirSync(folder)).toEqual(['result.json']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
