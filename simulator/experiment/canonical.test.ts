import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson, digestOf } from './canonical.ts';

describe('canonical JSON', () => {
  test('orders members by code unit, at every depth, whatever order they came in', () => {
    expect(canonicalJson({ b: 1, a: { d: [], c: 'x' } })).toBe('{"a":{"c":"x","d":[]},"b":1}');
    expect(canonicalJson({ a: { c: 'x', d: [] }, b: 1 })).toBe('{"a":{"c":"x","d":[]},"b":1}');
    // Code units, not a locale: capitals first, then small letters, then letters with marks, then an astral one by its surrogates.
    expect(canonicalJson({ é: 1, z: 1, Z: 1, '😀': 1, '～': 1, 10: 1, 9: 1 })).toBe(
      '{"10":1,"9":1,"Z":1,"z":1,"é":1,"😀":1,"～":1}',
    );
  });

  test('keeps the order of lists', () => {
    expect(canonicalJson([3, 1, 2])).toBe('[3,1,2]');
    expect(
      canonicalJson([
        [2, 1],
        ['b', 'a'],
      ]),
    ).toBe('[[2,1],["b","a"]]');
    expect(canonicalJson([])).toBe('[]');
  });

  test('leaves out members that are undefined, and keeps null', () => {
    expect(canonicalJson({ a: undefined, b: null })).toBe('{"b":null}');
  });

  test('writes numbers as the language does, and both zeros alike, alone or in a list', () => {
    const numbers = [0, 1.5, -2, 1e21, 1e-7, 0.1 + 0.2, 9007199254740991];
    expect(canonicalJson(numbers)).toBe(JSON.stringify(numbers));
    for (const zeros of [-0, 0]) {
      expect(canonicalJson(zeros)).toBe('0');
      expect(canonicalJson([1, zeros])).toBe('[1,0]');
      expect(canonicalJson({ a: zeros })).toBe('{"a":0}');
    }
  });

  test('escapes texts as JSON does', () => {
    const text = 'a "quoted" line\nand a \u2028 separator';
    expect(canonicalJson(text)).toBe(JSON.stringify(text));
    expect(canonicalJson({ [text]: 1 })).toBe(`{${JSON.stringify(text)}:1}`);
  });

  test('can be read back', () => {
    const value = { a: [1, 'two', null, { b: true }], c: -3.25 };
    expect(JSON.parse(canonicalJson(value))).toEqual(value);
  });

  test.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['Infinity', Infinity],
    ['a list with NaN', [1, Number.NaN]],
    ['a member that is Infinity', { a: { b: -Infinity } }],
    ['undefined', undefined],
    ['a list with undefined', [1, undefined]],
    ['a list with a hole', Object.assign(Array<number>(3), { 0: 1, 2: 3 })],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a bigint', 1n],
    ['a Map', new Map([['a', 1]])],
    ['a member that is a Set', { a: new Set([1]) }],
    ['a Date', new Date(0)],
  ])('refuses %s, which JSON cannot say', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('a digest', () => {
  test('is the SHA-256 of the canonical text, in UTF-8', () => {
    const value = { b: [1, 2], a: 'é😀' };
    expect(digestOf(value)).toBe(createHash('sha256').update('{"a":"é😀","b":[1,2]}').digest('hex'));
  });

  test('is the same for the same value, another for another', () => {
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
    expect(digestOf({ a: 1, b: 2 })).not.toBe(digestOf({ a: 1, b: 3 }));
    expect(digestOf([1, 2])).not.toBe(digestOf([2, 1]));
    expect(digestOf('1')).not.toBe(digestOf(1));
  });
});
