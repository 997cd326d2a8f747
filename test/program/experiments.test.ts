/** Scores, combinations and regions as somebody types them: the same document on one core and on two, refusals in a sentence. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CombinationResult } from '../../reports/score/combination-result.ts';
import type { RegionResult } from '../../reports/score/region-result.ts';
import type { ScoreResult } from '../../reports/score/score-document.ts';
import { authdrillEnds, SMALL } from './started.ts';

const napta = 'napta-2025-12-19';
const [fixed, backoff] = ['automatic-retry-fixed', 'automatic-retry-backoff'];
const folder = mkdtempSync(join(tmpdir(), 'authdrill-experiments-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the region leaves at its default: all but the length of the outage and the boot, so that it is soon surveyed. */
const HELD = Object.entries({
  instances: 16,
  startedInside: 2,
  startBeforeT0Ms: 60_000,
  outageFromMs: -240_000,
  leaveMeanMs: 10_800_000,
  leaveSdMs: 3_000_000,
  actionMeanMs: 120_000,
  signInEffortMs: 12_000,
  giveUpAfterAttempts: 5,
  reportProbability: 0.019,
  reportDelayMedianMs: 1_200_000,
  reportsNeeded: 6,
  triageMs: 720_000,
  restartEveryMs: 70_000,
  reactionMedianMs: 300_000,
  rightActionProbability: 0.5,
  tokenLifetimeMs: 3_600_000,
}).flatMap(([id, value]) => ['--assume', `${id}=${value}`]);

async function documentOf<T>(...args: readonly string[]): Promise<T> {
  const { stdout, stderr, exitCode } = await authdrillEnds([...args, '--json', '--quiet']);
  expect([stderr, [0, 3].includes(exitCode!)]).toEqual(['', true]);
  return JSON.parse(stdout) as T;
}

describe('score', () => {
  const score = ['score', napta, '--mitigation', `${fixed},per-client-rate-limit`, ...SMALL];

  test('stops an arm that never acts after the pilot, and gives the same document on one core and on two', async () => {
    const one = await documentOf<ScoreResult>(...score, '--seeds', '6', '--workers', '1');
    const two = await documentOf<ScoreResult>(...score, '--seeds', '6', '--workers', '2');
    expect(two).toEqual(one);
    const [retry, limit] = one.scenarios[0]!.mitigations;
    expect(retry).toMatchObject({ id: fixed, status: 'scored', seedCount: 6, scoreByReports: null });
    expect(limit).toMatchObject({ status: 'not-engaged', seedCount: 4, reason: '0 actions in 4 seeds', price: null });
  });

  test('runs as many seeds as the precision that was asked for takes', async () => {
    const { scenarios } = await documentOf<ScoreResult>(...score, '--precision', '50', '--max-seeds', '30');
    expect(scenarios[0]!.seeds).toHaveLength(20);
    expect(scenarios[0]!.stopping).toMatchObject({ rule: 'precision', precisionPoints: 50, maximumSeedCount: 30 });
  });
});

describe('combine', () => {
  test('gives every subset, and the same document on one core and on two, however the mitigations are listed', async () => {
    const combine = ['combine', napta, '--seeds', '2', ...SMALL];
    const one = await documentOf<CombinationResult>(
      ...combine,
      '--mitigations',
      `${fixed},${backoff}`,
      '--workers',
      '1',
    );
    const two = await documentOf<CombinationResult>(
      ...combine,
      '--mitigations',
      `${backoff},${fixed}`,
      '--workers',
      '2',
    );
    expect(two).toEqual(one);
    expect(one.kind).toBe('combination');
    expect(one.subsets.map(({ mitigations }) => mitigations)).toEqual([[], [backoff], [fixed], [backoff, fixed]]);
    const shared = one.members.reduce((sum, { shapley }) => sum + shapley.points, 0);
    expect(shared).toBeCloseTo(one.subsets[3]!.saved.points, 9);
  });
});

describe('region', () => {
  test('gives the same document on one core and on two, and a scorecard takes its shares', async () => {
    const region = ['region', napta, '--sets', '2', '--mitigations', fixed, '--scan', 'none', ...HELD, ...SMALL];
    const one = await documentOf<RegionResult>(...region, '--workers', '1');
    const file = join(folder, 'region.json');
    const two = await documentOf<RegionResult>(...region, '--workers', '2', '--output', file);
    expect(two).toEqual(one);
    expect(one.assumptions.map(({ id }) => id)).toEqual(['bootMs', 'outageUntilMs']);
    const { scenarios } = await documentOf<ScoreResult>(
      'score',
      napta,
      '--mitigation',
      fixed,
      '--seeds',
      '2',
      ...SMALL,
      '--region',
      file,
    );
    const shares = one.mitigations[0]!.shares;
    expect(scenarios[0]!.mitigations[0]!.region ?? null).toEqual(shares);
  });
});

describe('bad input', () => {
  test.each([
    [`combine ${napta} --mitigations ${fixed}`, 'A combination has 2 to 6 mitigations, these are 1.'],
    [`combine ${napta} --mitigations ${fixed},shared-cookie-key`, 'has no object in napta-2025-12-19'],
    [`combine ${napta} --mitigations ${fixed},${backoff} --seeds 1`, '--seeds must be two or more here'],
    [`combine ${napta}`, "required option '--mitigations <ids>' not specified"],
    [`region ${napta} --sets 1`, '--sets 1 is out of bounds. Give a whole number from 2 to 10000.'],
    [`region ${napta} --scan retry`, 'Unknown mitigation "retry".'],
    [`score ${napta} --precision 5 --seeds 10`, '--seeds and --precision exclude each other.'],
    [`score ${napta} --region nowhere.json`, '--region nowhere.json cannot be read'],
  ])('authdrill %s', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await authdrillEnds([...args.split(' '), '--quiet', '--json']);
    expect(stderr).toContain(sentence);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});
