/**
 * Signing keys as a timeline, not a list: when each is published, signs, is retired and removed. A healthy rotation, one
 * that signs before it publishes, a key removed too early, one put back by hand: all are times of this one model.
 */
import { type Algorithm, SimulatorError } from '../../simulator/contract/index.ts';

/** The life of one key. All times are wall-clock ms of the scenario; negative: before it began. */
export interface KeyPlan {
  /** Need not be unique: two keys under one kid are a mistake that happens. */
  readonly kid: string;
  /** ES256 by default. */
  readonly alg?: Algorithm;
  /** From here on (included) it stands in the JWK Set. */
  readonly publishedAtMs: number;
  /** From here on (included) it may sign; of several the one that began last does. May lie before `publishedAtMs`. */
  readonly signsFromMs: number;
  /** From here on it signs no more. Never by default. */
  readonly retiredAtMs?: number;
  /** From here on it is gone from the JWK Set. Never by default. May lie before `retiredAtMs`: removed too early. */
  readonly removedAtMs?: number;
}

/** What an administrator does to a key while the provider runs: what the plan did not foresee. */
export type KeyDeed = 'publish' | 'withdraw' | 'sign';

/** A deed at its moment. It stands until the plan, or another deed, says otherwise later. */
export interface KeyChange {
  readonly atMs: number;
  /** Of the plans with this kid. */
  readonly kid: string;
  /** `sign`: from here on tokens are signed with it again, retired or not. */
  readonly does: KeyDeed;
}

export class KeyTimeline {
  readonly plans: readonly KeyPlan[];
  readonly changes: readonly KeyChange[];

  /** @param changes in order of time; none by default */
  constructor(plans: readonly KeyPlan[], changes: readonly KeyChange[] = []) {
    this.plans = plans;
    this.changes = changes;
  }

  /** The keys that the JWK Set holds at this moment, in order of the timeline. Perhaps none. */
  publishedAt(atMs: number): readonly KeyPlan[] {
    return this.plans.filter((plan) => this.#isPublished(plan, atMs));
  }

  /**
   * The key that signs at this moment; of two that began together, the later of the timeline.
   * @throws SimulatorError `bad-scenario` when there is none
   */
  signingAt(atMs: number): KeyPlan {
    let newest: KeyPlan | undefined = undefined;
    let newestMs = -Infinity;
    for (const plan of this.plans) {
      const sinceMs = this.#signsSince(plan, atMs);
      if (sinceMs === undefined || sinceMs < newestMs) continue;
      newest = plan;
      newestMs = sinceMs;
    }
    if (newest !== undefined) return newest;
    const remedy = 'Let one key sign until the next one does: see signsFromMs and retiredAtMs.';
    throw new SimulatorError('bad-scenario', `No key of the timeline signs at ${atMs} ms.`, remedy);
  }

  #isPublished(plan: KeyPlan, atMs: number): boolean {
    const removedMs = removedFrom(plan);
    const planned = plan.publishedAtMs <= atMs && !(removedMs <= atMs);
    const change = this.#lastChange(plan, atMs, (does) => does !== 'sign');
    if (change === undefined) return planned;
    const plannedSinceMs = removedMs <= atMs ? removedMs : plan.publishedAtMs;
    return plannedSinceMs <= atMs && plannedSinceMs > change.atMs ? planned : change.does === 'publish';
  }

  /** Since when it signs; undefined when it does not at this moment. */
  #signsSince(plan: KeyPlan, atMs: number): number | undefined {
    const change = this.#lastChange(plan, atMs, (does) => does === 'sign');
    const sinceMs = Math.max(plan.signsFromMs <= atMs ? plan.signsFromMs : -Infinity, change?.atMs ?? -Infinity);
    const retiredMs = plan.retiredAtMs ?? Infinity;
    return sinceMs === -Infinity || (retiredMs > sinceMs && retiredMs <= atMs) ? undefined : sinceMs;
  }

  #lastChange({ kid }: KeyPlan, atMs: number, counts: (does: KeyDeed) => boolean): KeyChange | undefined {
    if (this.changes.length === 0) return undefined;
    return this.changes.findLast((change) => change.kid === kid && change.atMs <= atMs && counts(change.does));
  }
}

/** How one key follows another. */
export interface Rotation {
  readonly kid: string;
  readonly alg?: Algorithm;
  /** When the new key begins to sign and the old ones stop. */
  readonly atMs: number;
  /** How long before it the new key is published, 0 or more. Safe: the longest verifier's cache, plus any HTTP cache. */
  readonly publishAheadMs: number;
  /** How long after it the old keys stay published, 0 or more. Safe: token lifetime plus clock tolerance. */
  readonly retainMs: number;
}

/** The timeline with one more rotation. With both durations 0 it is a hard cut-over. */
export function withRotation(plans: readonly KeyPlan[], rotation: Rotation): readonly KeyPlan[] {
  const { kid, alg, atMs, publishAheadMs, retainMs } = rotation;
  const retired = plans.map((plan) => ({
    ...plan,
    retiredAtMs: Math.min(plan.retiredAtMs ?? Infinity, atMs),
    removedAtMs: Math.min(removedFrom(plan), atMs + retainMs),
  }));
  const next = { kid, publishedAtMs: atMs - publishAheadMs, signsFromMs: atMs, ...(alg === undefined ? {} : { alg }) };
  return [...retired, next];
}

/** @throws SimulatorError `bad-scenario` for an empty timeline, times that are no numbers, or ends before beginnings */
export function checkKeyPlans(plans: readonly KeyPlan[]): void {
  if (plans.length === 0) throw bad('keys holds no key', 'Plan at least one.');
  for (const plan of plans) {
    const { kid, publishedAtMs, signsFromMs, retiredAtMs = Infinity } = plan;
    const times = [publishedAtMs, signsFromMs, retiredAtMs, removedFrom(plan)];
    if (times.some((time) => Number.isNaN(time))) throw bad(`key "${kid}" has a time that is no number`, 'Give ms.');
    if (retiredAtMs <= signsFromMs) {
      throw bad(`key "${kid}" is retired before it signs`, 'Let retiredAtMs follow signsFromMs.');
    }
    if (removedFrom(plan) <= publishedAtMs) {
      throw bad(`key "${kid}" is removed before it is published`, 'Let removedAtMs follow publishedAtMs.');
    }
  }
}

function removedFrom(plan: KeyPlan): number {
  return plan.removedAtMs ?? Infinity;
}

function bad(what: string, remedy: string): SimulatorError {
  return new SimulatorError('bad-scenario', `In the idp's key timeline, ${what}.`, remedy);
}
