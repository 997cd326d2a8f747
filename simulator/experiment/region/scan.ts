/** Moves one assumption at a time and, where that changes what a mitigation does, looks for the place between. */
import type { Assumption } from '../incident.ts';
import type { ArmRun } from '../result.ts';
import { valueAt } from './box.ts';

/** Halves of the way between two places, once what an arm does differs there. */
const HALVINGS = 3;

export interface ScanQuestion {
  readonly assumption: Assumption;
  readonly place: number;
  readonly value: number;
  /** The control is always one of them. */
  readonly arms: readonly (string | null)[];
}

/** What is known of one place. */
export interface ScanPlace extends Omit<ScanQuestion, 'arms'> {
  readonly runs: Runs;
}

type Runs = ReadonlyMap<string | null, readonly ArmRun[]>;

/** What an arm does where one assumption has a value, in one word. */
export type EffectAt = (assumption: Assumption, value: number, arm: string, runs: Runs) => string;

export class Scan {
  readonly #assumptions: readonly Assumption[];
  readonly #defaults: Runs;
  readonly #scanned: readonly string[];
  readonly #effectAt: EffectAt;
  readonly #placesOf: (assumption: string) => readonly number[];
  readonly #known: ScanPlace[] = [];
  #round = 0;

  constructor(
    assumptions: readonly Assumption[],
    defaults: Runs,
    scanned: readonly string[],
    placesOf: (assumption: string) => readonly number[],
    effectAt: EffectAt,
  ) {
    this.#assumptions = assumptions;
    this.#defaults = defaults;
    this.#scanned = scanned;
    this.#placesOf = placesOf;
    this.#effectAt = effectAt;
  }

  next(): readonly ScanQuestion[] {
    if (this.#scanned.length === 0 || this.#round > HALVINGS) return [];
    const first = this.#round === 0;
    this.#round++;
    return this.#assumptions.flatMap((assumption) => (first ? this.#grid(assumption) : this.#between(assumption)));
  }

  take(places: readonly ScanPlace[]): void {
    this.#known.push(...places);
  }

  get places(): readonly ScanPlace[] {
    return this.#known;
  }

  #grid(assumption: Assumption): readonly ScanQuestion[] {
    const values = new Set([assumption.value]);
    return this.#placesOf(assumption.id).flatMap((place) => {
      const value = valueAt(assumption, place);
      if (values.has(value)) return [];
      values.add(value);
      return [{ assumption, place, value, arms: [null, ...this.#scanned] }];
    });
  }

  /** Half way to the first place, on either side, at which an arm does something else than at the default. */
  #between(assumption: Assumption): readonly ScanQuestion[] {
    const armsByPlace = new Map<number, string[]>();
    for (const arm of this.#scanned) {
      for (const side of [-1, 1]) {
        const place = this.#flipPlace(assumption, arm, side);
        if (place !== undefined) armsByPlace.set(place, [...(armsByPlace.get(place) ?? []), arm]);
      }
    }
    return [...armsByPlace].map(([place, arms]) => {
      return { assumption, place, value: valueAt(assumption, place), arms: [null, ...arms] };
    });
  }

  #flipPlace(assumption: Assumption, arm: string, side: number): number | undefined {
    const known = this.#known
      .filter((place) => place.assumption.id === assumption.id && place.place * side > 0 && place.runs.has(arm))
      .sort((a, b) => Math.abs(a.place) - Math.abs(b.place));
    const atDefault = this.#effectAt(assumption, assumption.value, arm, this.#defaults);
    const far = known.findIndex(({ value, runs }) => this.#effectAt(assumption, value, arm, runs) !== atDefault);
    if (far < 0) return undefined;
    const near = known[far - 1] ?? { place: 0, value: assumption.value };
    const place = (near.place + known[far]!.place) / 2;
    const value = valueAt(assumption, place);
    return value === near.value || value === known[far]!.value ? undefined : place;
  }
}
