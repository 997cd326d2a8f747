/** A seed is one history: twice in a row, in another process, wherever and in whatever language that process runs. */
import { beforeAll, describe, expect, test } from 'vitest';
import {
  describeRun,
  identityOf,
  RECORDED_SAMPLES_DIGEST,
  runs,
  samplesDigest,
  type Identity,
  type Run,
} from './identity.ts';
import { authdrill, identityIn, output, replayArguments } from './program.ts';

/** Where days are 5:45 ahead, a small dotless i exists and a comma marks decimals. */
const elsewhere = { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };

const histories = new Map<Run, Identity>();
beforeAll(() => runs.forEach((run) => histories.set(run, identityOf(run))));

describe.each(runs.map((run) => [describeRun(run), run] as const))('%s', (_, run) => {
  test('has the same digest twice in a row', () => {
    const first = histories.get(run)!;
    expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(identityOf(run)).toEqual(first);
  });

  test('has the same digest in another process, of the compiled program, in another time zone and language', async () => {
    const document = await output(process.execPath, [authdrill, ...replayArguments(run)], { env: elsewhere });
    expect(identityIn(document)).toEqual(histories.get(run));
  });
});

test('another seed is another history', () => {
  const [first] = runs;
  expect(identityOf({ ...first!, seed: 2 }).digest).not.toBe(histories.get(first!)!.digest);
});

test('draws and mathematics give the recorded bits', () => {
  expect(samplesDigest()).toBe(RECORDED_SAMPLES_DIGEST);
});
