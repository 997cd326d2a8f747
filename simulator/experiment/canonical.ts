/**
 * One text for one value: JSON with the members of objects in code-unit order and numbers as the language prints them
 * (the same on every engine). Two records are the same exactly when their digests are.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** @throws TypeError on NaN, Infinity, functions and other things that JSON cannot say */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`A record must not hold ${value}: write null or leave it out.`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return canonicalList(value);
  if (typeof value !== 'object') throw new TypeError(`A record must not hold a ${typeof value}.`);
  const prototype: unknown = Object.getPrototypeOf(value);
  // A Map or a class of one's own would be written as the members it happens to show: perhaps none.
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('A record must hold plain objects only: write out what the others mean.');
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

/** Goes by the index: the methods of arrays pass over holes. */
function canonicalList(list: readonly unknown[]): string {
  let isJoinable = true;
  for (let index = 0; isJoinable && index < list.length; index++) isJoinable = Number.isFinite(list[index]);
  // Joined numbers read as JSON writes them, negative zero included.
  if (isJoinable) return `[${list.join(',')}]`;
  return `[${Array.from(list, (item) => canonicalJson(item)).join(',')}]`;
}

/** SHA-256 of the canonical JSON, in hexadecimal. */
export function digestOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}
