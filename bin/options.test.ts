import { describe, expect, it } from 'vitest';
import { parseAssumptions, parseIds, parseSeed, parseSeeds, parseWorkers } from './options.ts';
import { didYouMean } from './suggestion.ts';

describe('seeds', () => {
  it('are whole numbers of 0 or more, up to the largest safe integer', () => {
    expect([parseSeed('0'), parseSeed('9007199254740991')]).toEqual([0, 9007199254740991]);
    for (const text of ['', 'abc', '-1', '1.5', '1e3', ' 1', '0x10', 'NaN']) {
      expect(() => parseSeed(text)).toThrow(/^--seed .* is not a whole number of 0 or more\. Give a whole number/);
    }
    expect(() => parseSeed('9007199254740992')).toThrow(/^--seed 9007199254740992 is above 9007199254740991\./);
  });

  it('are a range with both ends, or a count from 1', () => {
    expect(parseSeeds('3..6')).toEqual([3, 4, 5, 6]);
    expect(parseSeeds('0..0')).toEqual([0]);
    expect(parseSeeds('3')).toEqual([1, 2, 3]);
  });

  it.each([
    ['5..1', 'ends before it begins'],
    ['1..', 'is no range like 1..50'],
    ['1...3', 'is no range like 1..50'],
    ['1..20000', 'holds more than 10000 seeds'],
    ['0', 'is not from 1 to 10000'],
    ['20000', 'is not from 1 to 10000'],
    ['x', 'is not a whole number of 0 or more'],
  ])('refuse %s, saying why', (text, reason) => {
    expect(() => parseSeeds(text)).toThrow(`--seeds ${text} ${reason}. Give a range or a count`);
  });
});

describe('other values', () => {
  it('take assumptions as id=value, the last one of an id counting', () => {
    expect(parseAssumptions(['users=800', 'ratio=0.5', 'users=-4e2'])).toEqual({ users: -400, ratio: 0.5 });
    expect(() => parseAssumptions(['users'])).toThrow(/^--assume users is no assignment like users=800\./);
    expect(() => parseAssumptions(['users=many'])).toThrow(/^--assume users=many does not end in a number\./);
    expect(() => parseAssumptions(['users= '])).toThrow(/^--assume users= {2}does not end in a number\./);
    expect(() => parseAssumptions(['users=Infinity'])).toThrow(/does not end in a number/);
  });

  it('take ids separated by commas, each once', () => {
    expect(parseIds('a, b,,a')).toEqual(['a', 'b']);
    expect(parseIds(undefined)).toEqual([]);
  });

  it('take 1 to 64 workers', () => {
    expect([parseWorkers(undefined), parseWorkers('2')]).toEqual([undefined, 2]);
    expect(() => parseWorkers('0')).toThrow(/^--workers 0 is out of bounds\./);
    expect(() => parseWorkers('two')).toThrow(/^--workers two is not a whole number/);
  });
});

describe('did you mean', () => {
  const known = ['napta-2025-12-19', 'cytracom-2021-03-16', 'automatic-retry-fixed', 'users'];

  it.each([
    ['napta', 'napta-2025-12-19'],
    ['Cytracom', 'cytracom-2021-03-16'],
    ['auto-retry', 'automatic-retry-fixed'],
    ['retry', 'automatic-retry-fixed'],
    ['user', 'users'],
    ['suers', 'users'],
  ])('takes %s for %s', (given, name) => expect(didYouMean(given, known)).toBe(` Did you mean "${name}"?`));

  it('has no idea where nothing is near', () => {
    expect(didYouMean('frobnicate', known)).toBe('');
    expect(didYouMean('', known)).toBe('');
  });
});
