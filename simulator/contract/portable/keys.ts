/**
 * Keys say what a random draw is for: which user, which request, which attempt. They are ordinary whole numbers; inside
 * they are 32-bit words. This file makes the one into the other.
 */
import { mix32 } from './hash.ts';

const TWO_TO_32 = 4294967296;

/**
 * A key as a uint32: itself below 2^32, beyond that its two halves mixed.
 *
 * Throws TypeError unless it is a number, RangeError unless it is a whole number from 0 to 2^53 - 1.
 */
export function foldKey(key: number): number {
  // The usual key is a small integer, for which engines reduce this line to one comparison.
  return (key | 0) === key && key >= 0 ? key : foldWideKey(key);
}

function foldWideKey(key: number): number {
  if (key >>> 0 === key) return key;
  if (typeof key !== 'number') {
    throw new TypeError(`key must be a number, got ${typeof key}: number your entities, or use hashText(name)`);
  }
  if (!(Number.isSafeInteger(key) && key >= 0)) {
    throw new RangeError(`key must be a whole number from 0 to 9007199254740991, got ${key}: number from 0 upwards`);
  }
  return mix32(Math.floor(key / TWO_TO_32), key >>> 0);
}

/**
 * Folds several whole numbers (each from 0 to 2^53 - 1; order and count matter) into one key, a uint32.
 *
 * Gotcha: two different lists share a key with a chance of 2^-32. Where two numbers suffice, hand them to the draw as
 * `key1` and `key2`, which keep all pairs apart.
 */
export function keyOf(...integers: number[]): number {
  let key = integers.length;
  for (const integer of integers) key = mix32(key, foldKey(integer));
  return key;
}
