import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { table } from './table.ts';
import { hanging, wrap } from './wrap.ts';

const words = fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 }), { maxLength: 12 });
const text = words.map((list) => list.map((word) => word.replaceAll(/\s/g, 'x')).join(' '));
const squeezed = (lines: readonly string[]): string => lines.join('').replaceAll(/\s/g, '');

describe('wrapping', () => {
  it('keeps every character and no line is too wide, whatever the text', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 60 }), (line, width) => {
        const lines = wrap(line, width);
        expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
        expect(squeezed(lines)).toBe(squeezed([line]));
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('breaks at spaces, and inside a word only where it is too long, behind a hyphen', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('automatic-retry-fixed', 12)).toEqual(['automatic-', 'retry-fixed']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('hangs what follows under the beginning of the text', () => {
    expect(hanging('Users:  ', 'one two three', 15)).toEqual(['Users:  one two', '        three']);
  });
});

describe('a table', () => {
  const columns = [
    { title: 'id', minimum: 'whole' as const },
    { title: 'what' },
    { title: 'n', align: 'right' as const },
  ];

  it('stands in its width, wraps cells and cuts none', () => {
    const long = 'first 401 to a valid user at 15:50, none before; evidence in the logs of the instances';
    const lines = table(columns, [['automatic-retry', long, '12']], undefined, 50);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(50);
    expect(lines[1]).toMatch(/^automatic-retry {2}first 401/);
    expect(squeezed(lines.slice(1)).replace('12', '')).toBe(squeezed([`automatic-retry ${long}`]));
  });

  it('puts numbers on the right and ends no line with spaces', () => {
    const lines = table(columns, [
      ['a', 'b', '1'],
      ['c', '', '1,000'],
    ]);
    expect(lines).toEqual(['id  what      n', 'a   b         1', 'c         1,000']);
    expect(table(columns, [['a', 'b', '']])[1]).toBe('a   b');
  });

  it('paints words after it has measured them', () => {
    const paint = (tone: string, painted: string): string => `<${tone}>${painted}</${tone}>`;
    const lines = table(columns, [['a', { text: 'holds', tone: 'good' }, '1']], paint);
    expect(lines[1]).toBe('a   <good>holds</good>  1');
  });

  it('goes below what its columns wish for rather than beyond its width', () => {
    const greedy = [
      { title: 'id', minimum: 'whole' as const },
      { title: 'what', minimum: 30 },
    ];
    const lines = table(
      greedy,
      [['a-name-of-forty-characters-that-is-too-long', 'said in a few words']],
      undefined,
      40,
    );
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(40);
  });

  it('keeps a column within its maximum', () => {
    const narrow = [{ title: 'id' }, { title: 'tolerance', maximum: 9 }];
    expect(table(narrow, [['N1', '99 % binomial band']])).toEqual([
      'id  tolerance',
      'N1  99 %',
      '    binomial',
      '    band',
    ]);
  });
});
