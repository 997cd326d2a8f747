import { describe, expect, it } from 'vitest';
import { bystander, cookieJar, secondTry, turnstile } from '../../test/planted/turnstile.ts';
import { runJob } from './arms.ts';
import { canonicalJson } from './canonical.ts';
import { assembleCombination, combinationJobs, type CombinationPlan } from './combination.ts';

const catalogue = { incidents: [turnstile], mitigations: [secondTry, bystander, cookieJar] };
const plan: CombinationPlan = {
  incident: turnstile,
  mitigations: [secondTry, bystander],
  seeds: [1, 2],
  assumptions: { refusedRatio: 0.3 },
};

const conduct = (asked: CombinationPlan) =>
  assembleCombination(
    asked,
    combinationJobs(asked).map((job) => runJob(catalogue, job)),
  );

describe('a combination', () => {
  const result = conduct(plan);

  it('runs every subset on every seed', () => {
    expect(combinationJobs(plan).map(({ seed, mitigations }) => `${seed} ${mitigations.join('+')}`)).toEqual([
      '1 ',
      '1 bystander',
      '1 second-try',
      '1 bystander+second-try',
      '2 ',
      '2 bystander',
      '2 second-try',
      '2 bystander+second-try',
    ]);
    expect(
      result.subsets.map(({ mitigations, scored }) => [mitigations.join('+'), scored.map(({ seed }) => seed)]),
    ).toEqual([
      ['', [1, 2]],
      ['bystander', [1, 2]],
      ['second-try', [1, 2]],
      ['bystander+second-try', [1, 2]],
    ]);
  });

  it('gives the members of a subset their joint run: with a bystander that of the other alone', () => {
    const hashes = result.subsets.map(({ scored }) => scored.map(({ traceHash }) => traceHash).join());
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[3]).toBe(hashes[2]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  it('does not depend on the order in which mitigations are listed', () => {
    expect(canonicalJson(conduct({ ...plan, mitigations: [bystander, secondTry] }))).toBe(canonicalJson(result));
  });

  it('refuses too few, too many, and one without an object', () => {
    expect(() => combinationJobs({ ...plan, mitigations: [secondTry] })).toThrow('2 to 6 mitigations, these are 1');
    const seven = Array.from({ length: 7 }, (_, index) => ({ ...bystander, id: `b${index}` }));
    expect(() => combinationJobs({ ...plan, mitigations: seven })).toThrow('2 to 6 mitigations, these are 7');
    expect(() => combinationJobs({ ...plan, mitigations: [secondTry, cookieJar] })).toThrow(
      'Mitigation "cookie-jar" has no object in turnstile: no session cookie here.',
    );
  });
});
