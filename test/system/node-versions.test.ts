/** A seed is one history on every version of Node that we support: V8 may change its mathematics, the model uses its own. */
import { beforeAll, describe, expect, test } from 'vitest';
import { describeRun, identityOf, runs, type Identity, type Run } from '../portability/identity.ts';
import { authdrill, identityIn, output, replayArguments } from '../portability/program.ts';

const here = new Map<Run, Identity>();
beforeAll(() => runs.forEach((run) => here.set(run, identityOf(run))));

/** Runs a script on the newest Node of a major version, from the npm registry. */
function onNode(major: number, ...args: readonly string[]): Promise<string> {
  return output('npx', ['-y', '-p', `node@${major}`, '--', 'node', ...args]);
}

describe.each([20, 22, 24])('on Node %i', (major) => {
  test('the version is the one that was asked for', async () => {
    expect(await onNode(major, '--version')).toMatch(new RegExp(`^v${major}\\.`));
  });

  test.each(runs.map((run) => [describeRun(run), run] as const))('%s has the same digest', async (_, run) => {
    expect(identityIn(await onNode(major, authdrill, ...replayArguments(run)))).toEqual(here.get(run));
  });
});
