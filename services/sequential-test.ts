/**
 * Is this instance worse than an instance may be? A running test of two shares against each other, which says yes as soon
 * as the answers seen prove it, and forgets doubt that good answers have cleared: Page's cumulative sum (E. S. Page,
 * Continuous Inspection Schemes, Biometrika 1954).
 */
import { ln, SimulatorError } from '../simulator/contract/index.ts';

export interface SequentialTestOptions {
  /** Share of bad answers that any healthy instance may have (expired sessions, forged tokens), above 0. */
  readonly baseRatio: number;
  /** Share of bad answers to be told from it, above `baseRatio`, below 1. */
  readonly suspectRatio: number;
  /** Chance of taking one for the other in one go, above 0, below 1. */
  readonly falseAlarmProbability: number;
}

/**
 * Five or six bad answers in a row are proof, half good half bad takes about 17: base share 5 %, suspected share 50 %, one
 * false alarm in a million (expected answers: ln 10⁶ over the Kullback–Leibler divergence). The three numbers are ours.
 */
export const DEFAULT_TEST: SequentialTestOptions = {
  baseRatio: 0.05,
  suspectRatio: 0.5,
  falseAlarmProbability: 1e-6,
};

export class SequentialTest {
  readonly #perBad: number;
  readonly #perGood: number;
  readonly #proof: number;
  #evidence = 0;

  /** @throws SimulatorError `bad-argument` for shares outside their bounds */
  constructor({ baseRatio, suspectRatio, falseAlarmProbability }: SequentialTestOptions) {
    const ordered = baseRatio > 0 && baseRatio < suspectRatio && suspectRatio < 1;
    if (!ordered || !(falseAlarmProbability > 0 && falseAlarmProbability < 1)) {
      throw new SimulatorError(
        'bad-argument',
        `No test tells ${suspectRatio} from ${baseRatio} with false alarms at ${falseAlarmProbability}.`,
        'Give 0 < baseRatio < suspectRatio < 1 and a falseAlarmProbability between 0 and 1.',
      );
    }
    this.#perBad = ln(suspectRatio / baseRatio);
    this.#perGood = ln((1 - suspectRatio) / (1 - baseRatio));
    this.#proof = -ln(falseAlarmProbability);
  }

  /** So many more answers, in whatever order they came. What is beyond proof is not kept, so that good ones tell at once. */
  observe(badCount: number, goodCount: number): void {
    const evidence = this.#evidence + badCount * this.#perBad + goodCount * this.#perGood;
    this.#evidence = Math.min(this.#proof, Math.max(0, evidence));
  }

  get proves(): boolean {
    return this.#evidence >= this.#proof;
  }

  /** Keeps half of the doubt: what an instance comes back with that was taken out for it. */
  halve(): void {
    this.#evidence /= 2;
  }

  /** A new process: nothing is known of it. */
  reset(): void {
    this.#evidence = 0;
  }
}
