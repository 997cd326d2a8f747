// The report's own generator: an interval must come out the same wherever the record is read, so nothing ambient is
// drawn.

/**
 * A stream of 32-bit unsigned integers, the same for the same seed everywhere.
 *
 * Chris Doty-Humphrey's sfc32 with its one-word seeding: state (0, seed, 0, counter 1), twelve rounds thrown away.
 * Source: PractRand, `RNGs/sfc.cpp`, `sfc32::seed(Uint64)`.
 *
 * @param seed integer; its low 32 bits count
 */
export function sfc32(seed: number): () => number {
  let a = 0;
  let b = seed | 0;
  let c = 0;
  let counter = 1;
  const next = (): number => {
    const output = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + output) | 0;
    return output >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

/**
 * A uniform index below `count`: ⌊u · count / 2³²⌋, exact in doubles. An index is favoured by at most count / 2³²,
 * which is nothing for the hundreds of seeds drawn from here.
 */
export function drawIndex(next: () => number, count: number): number {
  return Math.floor((next() * count) / 4294967296);
}
