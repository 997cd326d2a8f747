import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Draws } from './draws.ts';
import { mix32 } from './hash.ts';
import { keyOf } from './keys.ts';

const draws = new Draws(42, 'client', 'think-time');
const key = fc.maxSafeNat();

describe('a draw is a function of what it is for', () => {
  test('asking twice, in any order, of any instance, gives the same answer', () => {
    const other = new Draws(42, 'client', 'think-time');
    const backwards = Array.from({ length: 100 }, (_, n) => other.exponential(5, 99 - n, 3)).reverse();
    const forwards = Array.from({ length: 100 }, (_, n) => draws.exponential(5, n, 3));
    expect(forwards).toEqual(backwards);
  });

  test('seed, scope, purpose and both keys each matter', () => {
    const variants = [
      draws.bits(1, 2),
      draws.bits(2, 1),
      draws.bits(1),
      draws.bits(1 + 2 ** 32, 2),
      draws.bits(1, 2 + 2 ** 40),
      new Draws(43, 'client', 'think-time').bits(1, 2),
      new Draws(42 + 2 ** 32, 'client', 'think-time').bits(1, 2),
      new Draws(42, 'clients', 'think-time').bits(1, 2),
      new Draws(42, 'client', 'back-off').bits(1, 2),
      new Draws(42, 'think-time', 'client').bits(1, 2),
      new Draws(42, 'clientthink', '-time').bits(1, 2),
    ];
    expect(new Set(variants).size).toBe(variants.length);
  });

  test('the second key defaults to 0', () => {
    expect(draws.bits(7)).toBe(draws.bits(7, 0));
    expect(draws.normal(0, 1, 7)).toBe(draws.normal(0, 1, 7, 0));
  });

  test('keys above 2^31 are keys like any other', () => {
    const keys = [2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 52, Number.MAX_SAFE_INTEGER];
    expect(new Set(keys.map((k) => draws.bits(k))).size).toBe(keys.length);
    expect(new Set(keys.map((k) => draws.bits(0, k))).size).toBe(keys.length);
  });
});

describe('bounds', () => {
  const assert = (property: fc.IProperty<[number, number]>): void => fc.assert(property, { seed: 7, numRuns: 2_000 });

  test('bits are a uint32, uniform draws lie in [0, 1) on the grid of 2^-53', () => {
    assert(
      fc.property(key, key, (a, b) => {
        expect(draws.bits(a, b)).toBe(draws.bits(a, b) >>> 0);
        const u = draws.uniform(a, b);
        expect(u >= 0 && u < 1 && Number.isInteger(u * 2 ** 53)).toBe(true);
      }),
    );
  });

  test('between stays below its upper bound, however narrow the range', () => {
    const bound = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 });
    fc.assert(
      fc.property(bound, bound, key, (a, b, k) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const x = draws.between(low, high, k);
        expect(low === high ? x === low : x >= low && x < high).toBe(true);
      }),
      { seed: 7, numRuns: 2_000 },
    );
    for (let k = 0; k < 100; k++) expect(draws.between(1, 1 + Number.EPSILON, k)).toBe(1);
  });

  test('integers are whole and within both bounds, for ranges of any width', () => {
    const widths = fc.oneof(fc.nat(100), fc.nat({ max: 2 ** 22 }), fc.maxSafeNat());
    fc.assert(
      fc.property(fc.maxSafeInteger(), widths, key, (low, width, k) => {
        const high = Math.min(low + width, Number.MAX_SAFE_INTEGER);
        const n = draws.integer(low, high, k);
        expect(Number.isSafeInteger(n) && n >= low && n <= high).toBe(true);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  test('exponential and log-normal draws are never negative, and scale with mean and median', () => {
    assert(
      fc.property(key, key, (a, b) => {
        expect(draws.exponential(5_000, a, b)).toBe(5_000 * draws.exponential(1, a, b));
        expect(draws.exponential(1, a, b)).toBeGreaterThanOrEqual(0);
        expect(draws.logNormal(8, 0.5, a, b)).toBe(8 * draws.logNormal(1, 0.5, a, b));
        expect(draws.logNormal(1, 0.5, a, b)).toBeGreaterThan(0);
      }),
    );
  });

  test('a mean of 0, a deviation of 0 and the certain chances leave nothing to chance', () => {
    for (let k = 0; k < 1_000; k++) {
      expect(draws.exponential(0, k)).toBe(0);
      expect(draws.normal(3, 0, k)).toBe(3);
      expect(draws.logNormal(3, 0, k)).toBe(3);
      expect(draws.chance(0, k)).toBe(false);
      expect(draws.chance(1, k)).toBe(true);
      expect(draws.integer(5, 5, k)).toBe(5);
    }
  });

  test('pick returns an entry, shuffle the same entries in a new array', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 50 }), key, (array, k) => {
        const before = [...array];
        expect(array).toContain(draws.pick(array, k));
        const shuffled = draws.shuffle(array, k);
        expect(array).toEqual(before);
        expect(shuffled).not.toBe(array);
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
      }),
      { seed: 7, numRuns: 500 },
    );
    expect(draws.shuffle([], 1)).toEqual([]);
  });
});

describe('bad arguments are refused by name, with a remedy', () => {
  const anything = (value: unknown): never => value as never;
  const refusals: [
    name: string,
    attempt: () => unknown,
    type: typeof RangeError | typeof TypeError,
    message: RegExp,
  ][] = [
    [
      'a text as seed',
      () => new Draws(anything('42'), 's', 'p'),
      TypeError,
      /^seed must be a number, got string: pass/,
    ],
    ['a negative seed', () => new Draws(-1, 's', 'p'), RangeError, /^seed must be .* got -1: pass one such as 42$/],
    ['a fractional seed', () => new Draws(1.5, 's', 'p'), RangeError, /^seed must be a whole number/],
    ['a seed of 2^53', () => new Draws(2 ** 53, 's', 'p'), RangeError, /^seed must be .* 9007199254740991/],
    ['a number as scope', () => new Draws(1, anything(7), 'p'), TypeError, /^scope must be a text, got number: name/],
    ['a missing purpose', () => new Draws(1, 's', anything(undefined)), TypeError, /^purpose must be a text/],
    [
      'a chance above 1',
      () => draws.chance(30, 1),
      RangeError,
      /^probability must be from 0 to 1, got 30: divide a per/,
    ],
    ['a chance of NaN', () => draws.chance(NaN, 1), RangeError, /^probability .* got NaN/],
    ['a negative mean', () => draws.exponential(-1, 1), RangeError, /^mean must be .* got -1: for a rate/],
    ['an infinite mean', () => draws.exponential(Infinity, 1), RangeError, /^mean must be finite/],
    ['a normal around NaN', () => draws.normal(NaN, 1, 1), RangeError, /^mean must be finite, got NaN: pass a number$/],
    ['a negative deviation', () => draws.normal(0, -1, 1), RangeError, /^sd must be .* not a variance$/],
    ['a negative median', () => draws.logNormal(-1, 1, 1), RangeError, /^median must be .* not its logarithm$/],
    ['an infinite sigma', () => draws.logNormal(1, Infinity, 1), RangeError, /^sigma must be .* of the logarithm$/],
    [
      'bounds the wrong way round',
      () => draws.between(2, 1, 1),
      RangeError,
      /^low and high .* got 2 and 1: .* low <= high/,
    ],
    ['an infinite bound', () => draws.between(0, Infinity, 1), RangeError, /^low and high .* finite/],
    ['a fractional bound', () => draws.integer(0, 1.5, 1), RangeError, /^low and high .* whole numbers/],
    ['an empty range', () => draws.integer(1, 0, 1), RangeError, /^low and high .* got 1 and 0/],
    ['bounds 2^53 apart', () => draws.integer(-5, 2 ** 53 - 5, 1), RangeError, /^low and high .* 2\^53 apart/],
    ['nothing to pick from', () => draws.pick([], 1), RangeError, /^array must not be empty/],
    ['a negative key', () => draws.uniform(-1), RangeError, /^key must be .* got -1: number from 0 upwards$/],
    ['a fractional second key', () => draws.bits(1, 0.5), RangeError, /^key must be a whole number/],
    [
      'a text as key',
      () => draws.exponential(1, anything('u1')),
      TypeError,
      /^key must be a number, got string: .*hashText/,
    ],
    ['a missing key', () => draws.uniform(anything(undefined)), TypeError, /^key must be a number, got undefined/],
    ['a negative part of a key', () => keyOf(1, -2), RangeError, /^key must be .* got -2/],
  ];

  test.each(refusals)('%s', (_, attempt, type, message) => {
    expect(attempt).toThrow(type);
    expect(attempt).toThrow(message);
  });
});

describe('keyOf', () => {
  test('order, count and every part matter', () => {
    const keys = [
      keyOf(),
      keyOf(0),
      keyOf(0, 0),
      keyOf(1, 2),
      keyOf(2, 1),
      keyOf(1, 2, 0),
      keyOf(1, 2 ** 32 + 2),
      keyOf(2 ** 33),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    for (const k of keys) expect(k).toBe(k >>> 0);
  });
});

const view = new DataView(new ArrayBuffer(8));

/** 10,000 draws folded into one word. */
function fingerprint(draw: (n: number) => number): string {
  let word = 0;
  for (let n = 0; n < 10_000; n++) {
    view.setFloat64(0, draw(n));
    word = mix32(mix32(word, view.getUint32(0)), view.getUint32(4));
  }
  return word.toString(16).padStart(8, '0');
}

describe('the same draws in every engine', () => {
  test('recorded draws are met to the last bit', () => {
    expect(draws.bits(0)).toBe(3594955597);
    expect(draws.bits(1, 2)).toBe(1417682445);
    expect(draws.uniform(1, 2)).toBe(0.33007991636209877);
    expect(draws.between(-1, 1, 1, 2)).toBe(-0.33984016727580246);
    expect(draws.integer(1, 6, 1, 2)).toBe(2);
    expect(draws.integer(0, Number.MAX_SAFE_INTEGER, 1, 2)).toBe(2973095576661665);
    expect(draws.exponential(5_000, 1, 2)).toBe(5764.577801348823);
    expect(draws.normal(10, 2, 1, 2)).toBe(13.105348580955283);
    expect(draws.logNormal(8, 0.5, 1, 2)).toBe(17.387971723520216);
    expect(draws.uniform(Number.MAX_SAFE_INTEGER, 2 ** 40)).toBe(0.6072467438704546);
    expect(draws.pick(['rome', 'oslo', 'lyon'], 5)).toBe('rome');
    expect(draws.shuffle([0, 1, 2, 3, 4, 5, 6, 7], 5)).toEqual([4, 7, 5, 0, 1, 3, 2, 6]);
    expect(keyOf(1, 2, 3)).toBe(1692402845);
  });

  test('10,000 draws of each kind have the recorded fingerprint', () => {
    expect(fingerprint((n) => draws.uniform(n, 1))).toBe('23c91f3f');
    expect(fingerprint((n) => draws.integer(0, 2 ** 40, n, 1))).toBe('aec08b76');
    expect(fingerprint((n) => draws.exponential(5_000, n, 1))).toBe('e9481706');
    expect(fingerprint((n) => draws.normal(10, 2, n, 1))).toBe('ffe0e018');
    expect(fingerprint((n) => draws.logNormal(8, 0.5, n, 1))).toBe('723d11c2');
  });
});
