/**
 * The parts of a float64: its sign, exponent and fraction as two 32-bit words, and back. ln and exp need them to take a
 * number apart and to scale by powers of two without rounding. The order of the words is found once, so that the
 * answers do not depend on the machine's byte order.
 */
const value = new Float64Array(1);
const words = new Uint32Array(value.buffer);

value[0] = 1;
/** Index of the word that holds sign, exponent and the top 20 bits of the fraction. */
const HIGH = words[1] === 0x3ff00000 ? 1 : 0;
const LOW = 1 - HIGH;

/** Sign, 11 exponent bits and the top 20 bits of the fraction, as a uint32. */
export function highWord(x: number): number {
  value[0] = x;
  return words[HIGH]!;
}

/** The lower 32 bits of the fraction, as a uint32. */
export function lowWord(x: number): number {
  value[0] = x;
  return words[LOW]!;
}

/** The float64 that consists of these two words (each taken modulo 2^32). */
export function fromWords(high: number, low: number): number {
  words[HIGH] = high;
  words[LOW] = low;
  return value[0]!;
}

/** 2 to the power of an integer from -1022 to 1023 (the normal range), exactly. */
export function powerOfTwo(exponent: number): number {
  return fromWords((exponent + 1023) << 20, 0);
}
