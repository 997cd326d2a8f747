/** A seed is one history: twice in a row, in another process, wherever and in whatever language that process runs. */
import { beforeAll, describe, expect, test } from 'vitest';
import { describeRun, identityOf, RECORDED_SAMPLES_DIGEST, runs, samplesDigest, type Identity } from './identity.ts';
import { authdrill, identityIn, output, replayArguments } from './program.ts';

/** Where days are 5:45 ahead, a small dotless i exists and a comma marks decimals. */
const elsewhere = { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };

describe.each(runs.map((run) => [describeRun(run), run] as const))('%s', (_, run) => {
  let first: Identity;
  beforeAll(() => (first = identityOf(run)));

  test('has the same digest twice in a row', () => {
    expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(identityOf(run)).toEqual(first);
  });

  test('has the same digest in another process, of the compiled program, in another time zone and language', async () => {
    const document = await output(process.execPath, [authdrill, ...replayArguments(run)], { env: elsewhere });
    expect(identityIn(document)).toEqual(first);
  });
});

test('another seed is another history', () => {
  const [first] = runs;
  expect(identityOf({ ...first!, seed: 2 }).digest).not.toBe(identityOf(first!).digest);
});

test('a sweep has the same digest on one core as on two', async () => {
  const sweep = ['replay', 'napta-2025-12-19', '--seeds', '1..2', '--json', '--quiet', '--workers'];
  const [one, two] = await Promise.all(
    ['1', '2'].map((count) => output(process.execPath, [authdrill, ...sweep, count])),
  );
  expect(JSON.parse(two!)).toEqual(JSON.parse(one!));
});

test('draws and mathematics give the recorded bits', () => {
  expect(samplesDigest()).toBe(RECORDED_SAMPLES_DIGEST);
});
