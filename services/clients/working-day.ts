/** When office machines are on and how eager people are hour by hour: the rhythm of a working day, keyed a user and a day. */
import type { Draws } from '../../simulator/contract/index.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface OfficeHours {
  /** Moment of the scenario at which a day (midnight, local time) began; negative when the scenario starts later. */
  readonly midnightMs: number;
  /** Machines are switched on evenly between these hours of the day, and off between those. */
  readonly onFromHour: number;
  readonly onUntilHour: number;
  readonly offFromHour: number;
  readonly offUntilHour: number;
  /** Share of machines that are never switched off. */
  readonly alwaysOnRatio: number;
}

/** The machine of one user: asks when it is awake. */
export class Machine {
  readonly #hours: OfficeHours;
  readonly #draws: Draws;
  readonly #user: number;
  readonly #alwaysOn: boolean;

  constructor(hours: OfficeHours, draws: Draws, user: number) {
    this.#hours = hours;
    this.#draws = draws;
    this.#user = user;
    this.#alwaysOn = draws.chance(hours.alwaysOnRatio, user, 0);
  }

  /** `nowMs` when the machine is on then, otherwise when it is next switched on. */
  nextAwakeMs(nowMs: number): number {
    if (this.#alwaysOn) return nowMs;
    const day = Math.floor((nowMs - this.#hours.midnightMs) / DAY_MS);
    if (nowMs < this.#onMs(day)) return this.#onMs(day);
    return nowMs < this.#offMs(day) ? nowMs : this.#onMs(day + 1);
  }

  /** When the machine, on at `nowMs`, is off, to the next whole microsecond; Infinity for one that never is. */
  nextOffMs(nowMs: number): number {
    if (this.#alwaysOn) return Infinity;
    const offMs = this.#offMs(Math.floor((nowMs - this.#hours.midnightMs) / DAY_MS));
    return Math.ceil(offMs * 1000) / 1000;
  }

  #onMs(day: number): number {
    const { onFromHour, onUntilHour } = this.#hours;
    return this.#hour(day, this.#draws.between(onFromHour, onUntilHour, this.#user, 2 * day + 1));
  }

  #offMs(day: number): number {
    const { offFromHour, offUntilHour } = this.#hours;
    return this.#hour(day, this.#draws.between(offFromHour, offUntilHour, this.#user, 2 * day + 2));
  }

  #hour(day: number, hour: number): number {
    return this.#hours.midnightMs + day * DAY_MS + hour * HOUR_MS;
  }
}

/**
 * Moments of a day at which something is wanted, spread by relative weights of the 24 hours.
 * @param occasion distinguishes the draws of one day from another's
 */
export function momentOfDay(weights: readonly number[], draws: Draws, key: number, occasion: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = draws.uniform(key, occasion) * total;
  for (let hour = 0; hour < weights.length; hour++) {
    const weight = weights[hour]!;
    if (left < weight) return (hour + left / weight) * HOUR_MS;
    left -= weight;
  }
  return DAY_MS - 1;
}
