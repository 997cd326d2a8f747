/** What `npm start` shows: the incidents hold against their facts, the first one at once, then what its owner did about it. */
import { expect, test } from 'vitest';
import { firstLook } from '../../scenarios/index.ts';
import { authdrillStarts, endOf } from './started.ts';

test('the first look shows the facts of the first incidents, then their scorecards, and exits with 0', async () => {
  const child = authdrillStarts(['start', '--quiet']);
  let stdout = '';
  const arrivals: number[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    arrivals.push([...stdout.matchAll(/^Scorecard /gm)].length);
  });
  expect(await endOf(child)).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^a model consistent with the public report; not a reconstruction; not affiliated\n/);
  const ids = firstLook.map(({ id }) => id);
  expect([...stdout.matchAll(/^(\S+) \(seed 1\)$/gm)].map(([, id]) => id)).toEqual(ids);
  expect([...stdout.matchAll(/^HOLDS: /gm)]).toHaveLength(ids.length);
  expect([...stdout.matchAll(/^Scorecard (\S+), 3 seeds/gm)].map(([, id]) => id)).toEqual(ids);
  expect(stdout.indexOf('Scorecard')).toBeGreaterThan(stdout.lastIndexOf('HOLDS: '));
  // Facts were printed long before the scores were there.
  expect(arrivals.filter((count) => count === 0).length).toBeGreaterThan(1);
  for (const { ownMitigations = [] } of firstLook)
    for (const id of ownMitigations) expect(stdout).toContain(`\n${id} `);
  expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
}, 600_000);
