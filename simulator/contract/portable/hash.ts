/**
 * A keyed 32-bit hash: random bits as a pure function of what they are for (seed, purpose, keys), instead of the next
 * number of a stream. A mitigation that adds or removes a draw then leaves every other draw as it was, which is what makes
 * paired comparisons sharp. 32-bit operations only, so every engine computes the same bits.
 */

/** 2^32 divided by the golden ratio, made odd (Knuth, TAOCP vol. 3, 6.4): spreads small counters over all bits. */
const GOLDEN = 0x9e3779b9;
/** Arbitrary odd words that keep the rounds apart, so that all-zero arguments are no special case. */
const SECOND_ROUND = 0x85ebca6b;
const THIRD_ROUND = 0xc2b2ae35;

/**
 * A bijection of 32-bit words in which each input bit flips each output bit half of the time. Two multiplications between
 * three xor-shifts (the shape of Appleby's murmur3 finalizer); constants found by search for least bias in C. Wellons' hash-prospector.
 * Returns a *signed* int32: add `>>> 0` where the number itself matters.
 */
export function scramble32(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  return word ^ (word >>> 15);
}

/** Folds two 32-bit words into one uint32. Order matters; for a fixed `a`, different `b` never collide, and vice versa. */
export function mix32(a: number, b: number): number {
  return scramble32(scramble32((a + GOLDEN) | 0) ^ b) >>> 0;
}

/**
 * Hash of a text as a uint32: each UTF-16 code unit is one block of murmur3_32 (Appleby), the length comes last. `start`
 * chooses another function of the family: two starts together give 64 bits. Meant for names, at set-up.
 */
export function hashText(text: string, start = 0): number {
  let hash = start | 0;
  for (let i = 0; i < text.length; i++) {
    const block = Math.imul(text.charCodeAt(i), 0xcc9e2d51);
    hash ^= Math.imul((block << 15) | (block >>> 17), 0x1b873593);
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  return scramble32(hash ^ text.length) >>> 0;
}

/**
 * 32 random bits (a uint32) that belong to these six words and to nothing else. Every argument is taken modulo 2^32.
 *
 * Three rounds of a Feistel network over (key1, key2), one round each for `seedLo`, `seedHi` and `purpose`. `attempt`
 * (from 0) tells further draws for the same keys apart, as rejection sampling needs them.
 */
export function keyedBits(
  seedLo: number,
  seedHi: number,
  purpose: number,
  key1: number,
  key2: number,
  attempt: number,
): number {
  const left = firstRound(seedLo, key1, key2, attempt);
  const right = secondRound(seedHi, key1, left);
  return thirdRound(purpose, left, right) >>> 0;
}

/**
 * The rounds one by one, for callers that need more than 32 bits: the words of {@link secondRound} and
 * {@link thirdRound} are the two halves of the network's output (int32 each). Over all pairs of keys they never repeat.
 */
export function firstRound(seedLo: number, key1: number, key2: number, attempt: number): number {
  return scramble32(((key1 ^ seedLo) + Math.imul(attempt + 1, GOLDEN)) | 0) ^ key2;
}

export function secondRound(seedHi: number, key1: number, left: number): number {
  return scramble32(((left ^ seedHi) + SECOND_ROUND) | 0) ^ key1;
}

export function thirdRound(purpose: number, left: number, right: number): number {
  return scramble32(((right ^ purpose) + THIRD_ROUND) | 0) ^ left;
}
