// ln and exp against three judges: exact values computed with big integers, the engine's own functions, and bit patterns
// recorded once, which any engine with different arithmetic would miss.
import { describe, expect, test } from 'vitest';
import { exp } from './exp.ts';
import { mix32 } from './hash.ts';
import { ln } from './ln.ts';

const view = new DataView(new ArrayBuffer(8));

function bitsOf(x: number): bigint {
  view.setFloat64(0, x);
  return view.getBigUint64(0);
}

function fromBits(bits: bigint): number {
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

const hex = (x: number): string => bitsOf(x).toString(16).padStart(16, '0');

/** Number of floats between two floats of the same sign. */
function ulpDistance(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  return Math.sign(a) === Math.sign(b) ? Math.abs(Number(bitsOf(a) - bitsOf(b))) : Infinity;
}

/** Positive floats of every exponent, subnormal ones included: the n-th is a fixed function of n. */
function positiveFloat(n: number): number {
  const high = BigInt(mix32(1, n) % 0x7ff00000);
  return fromBits((high << 32n) | BigInt(mix32(2, n)));
}

// Exact values: fixed point with 256 bits behind the point.
const PRECISION = 256n;
const ONE = 1n << PRECISION;

/** A positive float as mantissa * 2^exponent, the exponent being that of its ulp. */
function parts(x: number): { mantissa: bigint; exponent: number } {
  const bits = bitsOf(x);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

const shifted = (value: bigint, by: number): bigint => (by >= 0 ? value << BigInt(by) : value >> BigInt(-by));

/** 2 * atanh(numerator / denominator), the series summed until its terms vanish. */
function twiceAtanh(numerator: bigint, denominator: bigint): bigint {
  let term = (numerator << PRECISION) / denominator;
  let sum = 0n;
  for (let n = 1n; term !== 0n; n += 2n) {
    sum += term / n;
    term = (term * numerator * numerator) / (denominator * denominator);
  }
  return 2n * sum;
}

const LN2 = twiceAtanh(1n, 3n);

function exactLn(x: number): bigint {
  const { mantissa, exponent } = parts(x);
  const size = mantissa.toString(2).length - 1;
  const unit = 1n << BigInt(size);
  return twiceAtanh(mantissa - unit, mantissa + unit) + BigInt(exponent + size) * LN2;
}

/** e^x as significand (in [1/2, 2), fixed point) times 2^k. */
function exactExp(x: number): { significand: bigint; k: number } {
  const { mantissa, exponent } = parts(Math.abs(x));
  const fixed = shifted(mantissa, exponent + Number(PRECISION)) * (x < 0 ? -1n : 1n);
  const k = Math.round(x / Math.LN2);
  const r = fixed - BigInt(k) * LN2;
  let significand = ONE;
  let term = ONE;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = ((term * r) >> PRECISION) / n;
    significand += term;
  }
  return { significand, k };
}

/** Distance of a float from significand * 2^k, in ulps of the float. */
function errorInUlps(actual: number, significand: bigint, k: number): number {
  const { mantissa, exponent } = parts(Math.abs(actual));
  const magnitude = significand < 0n ? -significand : significand;
  const exact = shifted(magnitude, k - exponent + 64 - Number(PRECISION));
  const difference = (mantissa << 64n) - exact;
  return Math.abs(Number(difference)) / 2 ** 64;
}

const nearOne = Array.from({ length: 1_000 }, (_, n) => 1 + ((n % 2 === 0 ? 1 : -1) * (n + 1)) / 2 ** (10 + (n % 43)));
const subnormal = Array.from({ length: 300 }, (_, n) => fromBits(BigInt(mix32(3, n)) << BigInt(n % 20)));

describe('ln', () => {
  test('ln is within 1 ulp of the exact value at floats of every size', () => {
    let worst = 0;
    for (const x of [...Array.from({ length: 3_000 }, (_, n) => positiveFloat(n)), ...nearOne, ...subnormal]) {
      if (x === 1) continue;
      worst = Math.max(worst, errorInUlps(ln(x), exactLn(x), 0));
    }
    expect(worst).toBeLessThan(1);
    expect(worst).toBeGreaterThan(0.4); // A judge that finds less than the last rounding would not be measuring.
  });

  test('ln is within 2 ulp of Math.log over 200,000 floats', () => {
    let worst = 0;
    for (let n = 0; n < 200_000; n++) {
      const x = positiveFloat(n);
      worst = Math.max(worst, ulpDistance(ln(x), Math.log(x)));
    }
    expect(worst).toBeLessThanOrEqual(2);
  });

  test('ln of zero, of negative numbers, of infinity and of NaN is that of Math.log', () => {
    for (const x of [0, -0, -1, -Infinity, -5e-324, Infinity, NaN, 1]) expect(ln(x)).toBe(Math.log(x));
  });

  test('ln of a power of two is that multiple of ln 2', () => {
    for (let k = -1074; k <= 1023; k++) expect(ulpDistance(ln(2 ** k), k * Math.LN2)).toBeLessThanOrEqual(1);
  });
});

const exponents = Array.from(
  { length: 4_000 },
  (_, n) => ((mix32(4, n) / 2 ** 32) * 1454.9 - 745.1) / [1, 10, 1e3, 1e9][n % 4]!,
);
const halfWays = Array.from({ length: 2_000 }, (_, n) => (n - 1_050 + 0.5) * Math.LN2).filter(
  (x) => x < 709.7 && x > -745,
);

describe('exp', () => {
  test('exp is within 1 ulp of the exact value, subnormal results included', () => {
    let worst = 0;
    for (const x of [...exponents, ...halfWays, 709.782712893384, -745.1332191019411]) {
      const { significand, k } = exactExp(x);
      worst = Math.max(worst, errorInUlps(exp(x), significand, k));
    }
    expect(worst).toBeLessThan(1);
    expect(worst).toBeGreaterThan(0.4);
  });

  test('exp is within 2 ulp of Math.exp over 200,000 arguments', () => {
    let worst = 0;
    for (let n = 0; n < 200_000; n++) {
      const x = (mix32(5, n) / 2 ** 32) * 1454.9 - 745.1;
      worst = Math.max(worst, ulpDistance(exp(x), Math.exp(x)));
    }
    expect(worst).toBeLessThanOrEqual(2);
  });

  test('exp overflows to infinity, fades to zero and passes NaN on, as Math.exp does', () => {
    const edges = [709.7827128933841, 1e300, Infinity, -745.1332191019412, -746, -Infinity, NaN, 0, -0, 1e-320, -1e-17];
    for (const x of edges) expect(exp(x)).toBe(Math.exp(x));
    expect(exp(709.782712893384)).toBeLessThan(Infinity);
    expect(exp(-745.1332191019411)).toBe(5e-324);
  });
});

/** All results of a long sweep, folded into one word. */
function fingerprint(f: (n: number) => number): string {
  let word = 0;
  for (let n = 0; n < 20_000; n++) {
    view.setFloat64(0, f(n));
    word = mix32(mix32(word, view.getUint32(0)), view.getUint32(4));
  }
  return word.toString(16).padStart(8, '0');
}

describe('the same bits in every engine', () => {
  test.each([
    [5e-324, 'c0874385446d71c3'],
    [1.5e-310, 'c0864b2ad4cffd15'],
    [2.2250738585072014e-308, 'c086232bdd7abcd2'],
    [1e-5, 'c027069e2aa2aa5b'],
    [0.1, 'c0026bb1bbb55515'],
    [0.7071067811865475, 'bfd62e42fefa39f1'],
    [0.9999999999999999, 'bca0000000000000'],
    [1.0000000000000002, '3cafffffffffffff'],
    [1.5, '3fd9f323ecbf984c'],
    [2, '3fe62e42fefa39ef'],
    [3, '3ff193ea7aad030a'],
    [10, '40026bb1bbb55516'],
    [12345.678, '4022d79559791e31'],
    [1.7976931348623157e308, '40862e42fefa39ef'],
  ])('ln(%d) has the recorded bits', (x, bits) => {
    expect(hex(ln(x))).toBe(bits);
  });

  test.each([
    [-745.1332191019411, '0000000000000001'],
    [-740.25, '0000000000000042'],
    [-708.5, '000e6cf6d08897ac'],
    [-100, '36ea8c1f14e2af5d'],
    [-1, '3fd78b56362cef38'],
    [-0.34657359027997264, '3fe6a09e667f3bcc'],
    [-1e-9, '3fefffffff768fa1'],
    [1e-9, '3ff000000044b830'],
    [0.1, '3ff1aec7b35a00d4'],
    [0.34657359027997264, '3ff6a09e667f3bcc'],
    [0.5, '3ffa61298e1e069c'],
    [1, '4005bf0a8b14576a'],
    [2.5, '40285d6fd931e0bb'],
    [10, '40d5829dcf950560'],
    [88.7, '47ef4705bbffae5c'],
    [709.782712893384, '7fefffffffffff2a'],
  ])('exp(%d) has the recorded bits', (x, bits) => {
    expect(hex(exp(x))).toBe(bits);
  });

  test('20,000 values of each have the recorded fingerprint', () => {
    expect(fingerprint((n) => ln(positiveFloat(n)))).toBe('50a1070e');
    expect(fingerprint((n) => exp(exponents[n % 4_000]! + n / 1e6))).toBe('504440c9');
  });
});
