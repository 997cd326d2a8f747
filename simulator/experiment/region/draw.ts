/** Draws sets of assumptions out of the box until enough of them pass all facts; narrows the box while too few do. */
import type { Assumption, AssumptionValues } from '../incident.ts';
import { placeIn, valueAt, type Extent } from './box.ts';
import type { FactRun } from './fact-run.ts';
import { latinHypercube } from './hypercube.ts';

/** With fewer passing the box is not a region of the facts but of their exceptions. */
const LEAST_PASSING_RATIO = 0.25;
const NARROWER = 0.7;
const MOST_NARROWINGS = 10;
const MOST_BATCHES = 8;

export interface DrawnSet {
  /** 0 for the first set ever drawn; seeds follow from it. */
  readonly number: number;
  readonly values: AssumptionValues;
}

interface Judged extends DrawnSet {
  readonly run: FactRun;
}

export class SetDraw {
  readonly #assumptions: readonly Assumption[];
  readonly #extentOf: (assumption: string) => Extent;
  readonly #fixed: AssumptionValues;
  readonly #wantedCount: number;
  #narrowedCount = 0;
  #batch = 0;
  #asked: readonly DrawnSet[] = [];
  #judged: Judged[] = [];

  constructor(
    assumptions: readonly Assumption[],
    extentOf: (assumption: string) => Extent,
    fixed: AssumptionValues,
    wantedCount: number,
  ) {
    this.#assumptions = assumptions;
    this.#extentOf = extentOf;
    this.#fixed = fixed;
    this.#wantedCount = wantedCount;
  }

  /** The next batch; none when enough have passed, or no more batches are drawn. */
  next(): readonly DrawnSet[] {
    if (this.#narrowIfNeeded()) this.#judged = [];
    if (this.#passed().length >= this.#wantedCount || this.#judged.length >= MOST_BATCHES * this.#wantedCount)
      return [];
    const ids = this.#assumptions.map(({ id }) => id);
    const points = latinHypercube(ids, this.#wantedCount, this.#batch);
    this.#asked = points.map((point, index) => {
      return { number: this.#batch * this.#wantedCount + index, values: this.#valuesOf(point) };
    });
    this.#batch++;
    return this.#asked;
  }

  take(runs: readonly FactRun[]): void {
    this.#judged.push(...this.#asked.map((set, index) => ({ ...set, run: runs[index]! })));
  }

  /** The first of those that passed. Slices are in random order, so that the first are as good as any. */
  kept(): readonly DrawnSet[] {
    return this.#passed().slice(0, this.#wantedCount);
  }

  get narrowedCount(): number {
    return this.#narrowedCount;
  }

  /** All sets drawn in the final box. */
  get judged(): readonly FactRun[] {
    return this.#judged.map(({ run }) => run);
  }

  /** The part of the bounds that an assumption was drawn from, in the final box. */
  boundsOf(assumption: Assumption): readonly [low: number, high: number] {
    const at = (uniform: number): number =>
      valueAt(assumption, placeIn(this.#extentOf(assumption.id), this.#narrowedRatio(), uniform));
    return [at(0), at(1)];
  }

  #narrowIfNeeded(): boolean {
    if (this.#judged.length === 0 || this.#narrowedCount === MOST_NARROWINGS) return false;
    if (this.#passed().length >= LEAST_PASSING_RATIO * this.#judged.length) return false;
    this.#narrowedCount++;
    return true;
  }

  #narrowedRatio(): number {
    let ratio = 1;
    for (let time = 0; time < this.#narrowedCount; time++) ratio *= NARROWER;
    return ratio;
  }

  #valuesOf(point: Readonly<Record<string, number>>): AssumptionValues {
    const drawn = this.#assumptions.map((assumption) => {
      const place = placeIn(this.#extentOf(assumption.id), this.#narrowedRatio(), point[assumption.id]!);
      return [assumption.id, valueAt(assumption, place)] as const;
    });
    return { ...this.#fixed, ...Object.fromEntries(drawn) };
  }

  #passed(): readonly Judged[] {
    return this.#judged.filter(({ run }) => run.outcome === 'judged' && run.broken.length === 0);
  }
}
