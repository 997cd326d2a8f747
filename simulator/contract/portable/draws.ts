/**
 * The only source of chance in a model. A draw is a pure function of the seed and of what it is for: scope (whose),
 * purpose (what), and two keys (which). Nothing is consumed: asking twice gives the same answer, and a draw more here
 * changes none there. That keeps two arms of an experiment on common random numbers.
 */
import { exp } from './exp.ts';
import { firstRound, hashText, keyedBits, mix32, secondRound, thirdRound } from './hash.ts';
import { foldKey } from './keys.ts';
import { ln } from './ln.ts';
import { exponentialZiggurat, normalZiggurat } from './ziggurat.ts';

const TWO_TO_21 = 2097152;
const TWO_TO_32 = 4294967296;
const TWO_TO_53 = 9007199254740992;
const TWO_TO_MINUS_53 = 1.1102230246251565e-16;

const EXPONENTIAL_STEPS = exponentialZiggurat.steps;
const EXPONENTIAL_EDGES = exponentialZiggurat.edges;
const EXPONENTIAL_HEIGHTS = exponentialZiggurat.heights;
const EXPONENTIAL_TAIL = exponentialZiggurat.tailStart;
const NORMAL_STEPS = normalZiggurat.steps;
const NORMAL_EDGES = normalZiggurat.edges;
const NORMAL_HEIGHTS = normalZiggurat.heights;
const NORMAL_TAIL = normalZiggurat.tailStart;

/**
 * Random draws for one purpose of one scope.
 *
 * Every method ends in `key1, key2 = 0`: whole numbers from 0 to 2^53 - 1. Another pair of keys gives an
 * independent draw; below 2^32 no two pairs share their 64 bits.
 *
 * **Gotcha.** Two methods asked with the same keys look at the same bits: give each question its own purpose.
 *
 * ```ts
 * const think = new Draws(7, 'client', 'think-time');
 * const pauseMs = think.exponential(5_000, clientNumber, requestNumber);
 * ```
 */
export class Draws {
  /** The seed of the run, as given. */
  readonly seed: number;
  /** Whose draws: a host, a population. */
  readonly scope: string;
  /** What for. */
  readonly purpose: string;
  // Declared only: a field that starts as undefined is read 2 ns slower for ever after (measured, V8).
  declare private readonly word1: number;
  declare private readonly word2: number;
  declare private readonly word3: number;

  /**
   * `seed` is a whole number from 0 to 2^53 - 1; `scope` and `purpose` are any texts. Throws TypeError for another type,
   * RangeError for a seed out of bounds.
   */
  constructor(seed: number, scope: string, purpose: string) {
    checkIdentity(seed, scope, purpose);
    this.seed = seed;
    this.scope = scope;
    this.purpose = purpose;
    const seedWord = mix32(Math.floor(seed / TWO_TO_32), seed >>> 0);
    // Two hashes of each name: with 64 bits, no two names of a model meet by accident.
    this.word1 = mix32(mix32(seedWord, hashText(scope, 1)), hashText(purpose, 1)) | 0;
    this.word2 = mix32(mix32(mix32(seed >>> 0, seedWord), hashText(scope, 2)), hashText(purpose, 2)) | 0;
    this.word3 = mix32(this.word1, this.word2) | 0;
  }

  /** 32 random bits as a uint32. */
  bits(key1: number, key2 = 0): number {
    return keyedBits(this.word1, this.word2, this.word3, foldKey(key1), foldKey(key2), 0);
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  uniform(key1: number, key2 = 0): number {
    return this.fraction(foldKey(key1), foldKey(key2), 0);
  }

  /** Uniform in [low, high); `low` where both are equal. Throws RangeError unless low <= high and both are finite. */
  between(low: number, high: number, key1: number, key2 = 0): number {
    const width = high - low;
    if (!(width >= 0 && width < Infinity)) throw badBounds(low, high, 'pass finite numbers with low <= high');
    const x = low + width * this.fraction(foldKey(key1), foldKey(key2), 0);
    // Rounding may reach the upper bound although the fraction is below 1.
    return x < high ? x : low;
  }

  /**
   * A whole number from `low` to `high`, both included, each exactly as likely. Throws RangeError unless both are safe
   * integers with low <= high, less than 2^53 apart.
   *
   * Up to 2^21 values: multiplication with rejection (D. Lemire, "Fast Random Integer Generation in an Interval", 2019).
   */
  integer(low: number, high: number, key1: number, key2 = 0): number {
    const count = high - low + 1;
    if (!(Number.isSafeInteger(low) && Number.isSafeInteger(high) && count >= 1 && high - low < TWO_TO_53)) {
      throw badBounds(low, high, 'pass whole numbers with low <= high, less than 2^53 apart');
    }
    const first = foldKey(key1);
    const second = foldKey(key2);
    return low + (count <= TWO_TO_21 ? this.below(count, first, second) : this.belowWide(count, first, second));
  }

  /** True with this probability (0 to 1, both included). Throws RangeError outside. */
  chance(probability: number, key1: number, key2 = 0): boolean {
    if (!(probability >= 0 && probability <= 1)) {
      throw badArgument('probability', probability, 'from 0 to 1', 'divide a percentage by 100');
    }
    return this.fraction(foldKey(key1), foldKey(key2), 0) < probability;
  }

  /** Exponential with this mean (from 0, in any unit), by ziggurat. Throws RangeError for a negative or infinite mean. */
  exponential(mean: number, key1: number, key2 = 0): number {
    if (!(mean >= 0 && mean < Infinity)) {
      throw badArgument('mean', mean, 'finite and not negative', 'for a rate, pass 1 / rate');
    }
    return mean * this.standardExponential(foldKey(key1), foldKey(key2));
  }

  /** Normal with this mean and standard deviation (from 0), by ziggurat. Throws RangeError for a bad `sd`, or a mean that is not finite. */
  normal(mean: number, sd: number, key1: number, key2 = 0): number {
    if (!(mean - mean === 0)) throw badArgument('mean', mean, 'finite', 'pass a number');
    if (!(sd >= 0 && sd < Infinity)) {
      throw badArgument('sd', sd, 'finite and not negative', 'pass a standard deviation, not a variance');
    }
    return mean + sd * this.standardNormal(foldKey(key1), foldKey(key2), 0);
  }

  /**
   * Log-normal: `median` (from 0, in any unit) times e to the power of a normal draw with standard deviation `sigma`
   * (from 0; the mean is median * exp(sigma^2 / 2)). Throws RangeError for a negative or infinite argument.
   */
  logNormal(median: number, sigma: number, key1: number, key2 = 0): number {
    if (!(median >= 0 && median < Infinity)) {
      throw badArgument('median', median, 'finite and not negative', 'pass the median itself, not its logarithm');
    }
    if (!(sigma >= 0 && sigma < Infinity)) {
      throw badArgument('sigma', sigma, 'finite and not negative', 'pass the standard deviation of the logarithm');
    }
    return median * exp(sigma * this.standardNormal(foldKey(key1), foldKey(key2), 0));
  }

  /** One of the array's entries, each as likely. Throws RangeError for an empty array. */
  pick<T>(array: readonly T[], key1: number, key2 = 0): T {
    if (array.length === 0) throw new RangeError('array must not be empty: there is nothing to pick from');
    return array[this.integer(0, array.length - 1, key1, key2)] as T;
  }

  /** A new array with the same entries in random order, each order as likely (Fisher and Yates; Knuth, TAOCP vol. 2, algorithm P). */
  shuffle<T>(array: readonly T[], key: number): T[] {
    const shuffled = array.slice();
    for (let last = shuffled.length - 1; last > 0; last--) {
      const chosen = this.integer(0, last, key, last);
      const moved = shuffled[last] as T;
      shuffled[last] = shuffled[chosen] as T;
      shuffled[chosen] = moved;
    }
    return shuffled;
  }

  /** 53 bits as a fraction in [0, 1): 32 from the last round, 21 from the one before. */
  private fraction(key1: number, key2: number, attempt: number): number {
    const left = firstRound(this.word1, key1, key2, attempt);
    const right = secondRound(this.word2, key1, left);
    const last = thirdRound(this.word3, left, right) >>> 0;
    return (last * TWO_TO_21 + (right >>> 11)) * TWO_TO_MINUS_53;
  }

  /** A whole number from 0 to count - 1, where count <= 2^21: all products are exact in 53 bits. */
  private below(count: number, key1: number, key2: number): number {
    for (let attempt = 0; ; attempt++) {
      const product = keyedBits(this.word1, this.word2, this.word3, key1, key2, attempt) * count;
      const quotient = Math.floor(product / TWO_TO_32);
      const remainder = product - quotient * TWO_TO_32;
      if (remainder >= count || remainder >= TWO_TO_32 % count) return quotient;
    }
  }

  /** The same for count <= 2^53: the incomplete last block of 53-bit numbers is rejected. */
  private belowWide(count: number, key1: number, key2: number): number {
    const limit = TWO_TO_53 - (TWO_TO_53 % count);
    for (let attempt = 0; ; attempt++) {
      const number = this.fraction(key1, key2, attempt) * TWO_TO_53;
      if (number < limit) return number % count;
    }
  }

  /** Mean 1. Position from the 32 bits of the last round, layer from 8 bits of the round before. */
  private standardExponential(key1: number, key2: number): number {
    let beyond = 0;
    for (let attempt = 0; ; attempt += 2) {
      const left = firstRound(this.word1, key1, key2, attempt);
      const right = secondRound(this.word2, key1, left);
      const layer = right & 255;
      const x = (thirdRound(this.word3, left, right) >>> 0) * EXPONENTIAL_STEPS[layer]!;
      if (x < EXPONENTIAL_EDGES[layer + 1]!) return beyond + x;
      // The tail of an exponential is the same exponential again, further out.
      if (layer === 0) beyond += EXPONENTIAL_TAIL;
      else if (this.heightIn(EXPONENTIAL_HEIGHTS, layer, key1, key2, attempt + 1) < exp(-x)) return beyond + x;
    }
  }

  /** Mean 0, standard deviation 1. Position and sign from the last round's int32, layer from the round before. */
  private standardNormal(key1: number, key2: number, attempt: number): number {
    const left = firstRound(this.word1, key1, key2, attempt);
    const right = secondRound(this.word2, key1, left);
    const layer = right & 255;
    const x = thirdRound(this.word3, left, right) * NORMAL_STEPS[layer]!;
    return Math.abs(x) < NORMAL_EDGES[layer + 1]! ? x : this.normalBeyond(x, layer, key1, key2, attempt + 1);
  }

  private normalBeyond(x: number, layer: number, key1: number, key2: number, attempt: number): number {
    if (layer === 0) return this.normalTail(x < 0 ? -1 : 1, key1, key2, attempt);
    const height = this.heightIn(NORMAL_HEIGHTS, layer, key1, key2, attempt);
    return height < exp(-0.5 * x * x) ? x : this.standardNormal(key1, key2, attempt + 1);
  }

  /** A random height within a layer. */
  private heightIn(heights: Float64Array, layer: number, key1: number, key2: number, attempt: number): number {
    const floor = heights[layer]!;
    return floor + (heights[layer + 1]! - floor) * this.fraction(key1, key2, attempt);
  }

  /** Beyond the tail's start (G. Marsaglia, "Generating a Variable from the Tail of the Normal Distribution", Technometrics 6, 1964). */
  private normalTail(sign: number, key1: number, key2: number, attempt: number): number {
    for (; ; attempt += 2) {
      const x = -ln(1 - this.fraction(key1, key2, attempt)) / NORMAL_TAIL;
      const y = -ln(1 - this.fraction(key1, key2, attempt + 1));
      if (y + y > x * x) return sign * (NORMAL_TAIL + x);
    }
  }
}

function checkIdentity(seed: unknown, scope: unknown, purpose: unknown): void {
  if (typeof seed !== 'number') throw new TypeError(`seed must be a number, got ${typeof seed}: pass one such as 42`);
  if (!(Number.isSafeInteger(seed) && seed >= 0)) {
    throw badArgument('seed', seed, 'a whole number from 0 to 9007199254740991', 'pass one such as 42');
  }
  if (typeof scope !== 'string')
    throw new TypeError(`scope must be a text, got ${typeof scope}: name whose draws these are`);
  if (typeof purpose !== 'string')
    throw new TypeError(`purpose must be a text, got ${typeof purpose}: name what they are for`);
}

function badArgument(name: string, value: number, bounds: string, remedy: string): RangeError {
  return new RangeError(`${name} must be ${bounds}, got ${value}: ${remedy}`);
}

function badBounds(low: number, high: number, remedy: string): RangeError {
  return new RangeError(`low and high must bound a range, got ${low} and ${high}: ${remedy}`);
}
