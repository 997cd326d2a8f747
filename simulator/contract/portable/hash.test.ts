import { describe, expect, test } from 'vitest';
import { hashText, keyedBits, mix32, scramble32 } from './hash.ts';

/** Chi-square with 255 degrees of freedom: 0.1 % of random tables lie above, 0.1 % below. */
const CHI_SQUARE_255_HIGH = 330.52;
const CHI_SQUARE_255_LOW = 190.87;

/** A source of test inputs that owes nothing to the functions under test: xorshift32 (Marsaglia 2003). */
function xorshift(state: number): () => number {
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

type Word = (inputs: number[]) => number;

/** How far, over all pairs of input and output bit, the share of flips strays from one half. */
function worstAvalanche(hash: Word, inputCount: number, samples = 4_000): number {
  const next = xorshift(2463534242);
  const flips = new Uint32Array(inputCount * 32 * 32);
  for (let sample = 0; sample < samples; sample++) {
    const inputs = Array.from({ length: inputCount }, next);
    const before = hash(inputs);
    for (let bit = 0; bit < inputCount * 32; bit++) {
      const word = bit >>> 5;
      const kept = inputs[word]!;
      inputs[word] = (kept ^ (1 << (bit & 31))) >>> 0;
      const changed = hash(inputs) ^ before;
      inputs[word] = kept;
      for (let out = 0; out < 32; out++) flips[bit * 32 + out]! += (changed >>> out) & 1;
    }
  }
  let worst = 0;
  for (const count of flips) worst = Math.max(worst, Math.abs(count / samples - 0.5));
  return worst;
}

function chiSquare256(byteOf: (n: number) => number, draws = 65_536): number {
  const counts = new Uint32Array(256);
  for (let n = 0; n < draws; n++) counts[byteOf(n)]!++;
  const expected = draws / 256;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

const sixWords: Word = ([lo, hi, purpose, key1, key2, attempt]) =>
  keyedBits(lo!, hi!, purpose!, key1!, key2!, attempt!);

describe('avalanche', () => {
  test('each input bit of scramble32, mix32 and keyedBits flips each output bit 45 to 55 % of the time', () => {
    expect(worstAvalanche(([word]) => scramble32(word!), 1)).toBeLessThan(0.05);
    expect(worstAvalanche(([a, b]) => mix32(a!, b!), 2)).toBeLessThan(0.05);
    expect(worstAvalanche(sixWords, 6)).toBeLessThan(0.05);
  });

  test('a hash of one multiplication would be found out', () => {
    expect(worstAvalanche(([word]) => Math.imul(word!, 0x21f0aaad), 1)).toBe(0.5);
  });
});

describe('small consecutive integers', () => {
  // The keys of a model are small and consecutive: users, requests, attempts.
  const sequences: [name: string, Word][] = [
    ['scramble32(n)', ([n]) => scramble32(n!)],
    ['mix32(7, n)', ([n]) => mix32(7, n!)],
    ['mix32(n, 7)', ([n]) => mix32(n!, 7)],
    ['seed n', ([n]) => keyedBits(n!, 0, 1, 2, 3, 0)],
    ['purpose n', ([n]) => keyedBits(1, 0, n!, 2, 3, 0)],
    ['key1 n', ([n]) => keyedBits(1, 0, 2, n!, 3, 0)],
    ['key2 n', ([n]) => keyedBits(1, 0, 2, 3, n!, 0)],
    ['attempt n', ([n]) => keyedBits(1, 0, 2, 3, 4, n!)],
    ['key1 and key2 on a 256 x 256 grid', ([n]) => keyedBits(1, 0, 2, n! >>> 8, n! & 255, 0)],
    ['key1 in steps of 1024', ([n]) => keyedBits(1, 0, 2, n! * 1_024, 3, 0)],
  ];

  test.each(sequences)('%s spreads evenly over 256 bins by its top, middle and bottom byte', (_, hash) => {
    for (const shift of [0, 12, 24]) {
      const statistic = chiSquare256((n) => (hash([n]) >>> shift) & 255);
      expect(statistic).toBeLessThan(CHI_SQUARE_255_HIGH);
      expect(statistic).toBeGreaterThan(CHI_SQUARE_255_LOW);
    }
  });

  test.each(sequences)('%s shows no dependence between neighbours', (_, hash) => {
    const nibble = (n: number): number => (hash([n]) >>> 28) & 15;
    const statistic = chiSquare256((n) => (nibble(2 * n) << 4) | nibble(2 * n + 1));
    expect(statistic).toBeLessThan(CHI_SQUARE_255_HIGH);
    expect(statistic).toBeGreaterThan(CHI_SQUARE_255_LOW);
  });

  test('a counter used as its own hash would be found out', () => {
    expect(chiSquare256((n) => n & 255)).toBeLessThan(CHI_SQUARE_255_LOW);
    expect(chiSquare256((n) => (n >>> 12) & 255)).toBeGreaterThan(CHI_SQUARE_255_HIGH);
  });

  test('one key alone never collides: 200,000 neighbours have 200,000 hashes', () => {
    const count = 200_000;
    const distinct = (hash: (n: number) => number): number =>
      new Set(Array.from({ length: count }, (_, n) => hash(n))).size;
    expect(distinct((n) => scramble32(n))).toBe(count);
    expect(distinct((n) => mix32(7, n))).toBe(count);
    expect(distinct((n) => mix32(n, 7))).toBe(count);
  });

  test('a grid of keys collides no more often than chance', () => {
    // 200,000 of 2^32 values: 4.66 pairs expected, 15 or more once in 10,000 times.
    const seen = new Set<number>();
    for (let n = 0; n < 200_000; n++) seen.add(keyedBits(1, 0, 2, n % 500, Math.floor(n / 500), 0));
    expect(200_000 - seen.size).toBeLessThan(15);
  });
});

describe('hashText', () => {
  test('names that differ in one place, in order or in length have different hashes', () => {
    const names = [
      '',
      'a',
      'b',
      'aa',
      'ab',
      'ba',
      'abc',
      'client',
      'client/1',
      'client/2',
      'client/12',
      'clienT',
      '\u0000',
      'é',
      'e',
    ];
    expect(new Set(names.map((name) => hashText(name))).size).toBe(names.length);
    const numbered = Array.from({ length: 20_000 }, (_, n) => hashText(`backend-${n}/service-time`));
    expect(new Set(numbered).size).toBeGreaterThanOrEqual(19_999);
  });

  test('another start is another function', () => {
    expect(hashText('think-time', 1)).not.toBe(hashText('think-time', 2));
  });

  test('numbered names spread evenly over 256 bins', () => {
    expect(chiSquare256((n) => hashText(`client/${n}`) & 255)).toBeLessThan(CHI_SQUARE_255_HIGH);
    expect(chiSquare256((n) => hashText(`client/${n}`) >>> 24)).toBeLessThan(CHI_SQUARE_255_HIGH);
  });
});

test('recorded hashes are met in every engine', () => {
  expect([hashText(''), hashText('think-time'), hashText('überlast', 1)]).toEqual([0, 2947668910, 106767172]);
  expect([mix32(0, 0), mix32(1, 2), mix32(0xffffffff, 0x80000000)]).toEqual([340428713, 1499487130, 1386788837]);
  expect([keyedBits(0, 0, 0, 0, 0, 0), keyedBits(42, 1, 7, 3, 0xffffffff, 2)]).toEqual([2474109111, 2169939128]);
});
