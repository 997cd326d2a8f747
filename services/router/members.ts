/** The instances that a router may choose from: who is registered, who passes the health check, who is ejected. */
import type { World } from '../../simulator/contract/index.ts';
import type { EjectionOptions, RouterOptions } from './options.ts';

interface Member {
  readonly name: string;
  healthy: boolean;
  passedCount: number;
  failedCount: number;
  badAnswerCount: number;
  ejectedUntilMs: number;
}

/** Whose turn is next. Measuring requests take turns among themselves, so that measuring does not move anybody's. */
export interface Round {
  next: number;
}

export class Members {
  readonly #world: World;
  readonly #options: RouterOptions;
  #all: Member[] = [];
  #version = -1;

  constructor(world: World, options: RouterOptions) {
    this.#world = world;
    this.#options = options;
  }

  /** Registered instances, in order of the cast. Known ones keep their state. */
  get names(): readonly string[] {
    return this.#refreshed().map((member) => member.name);
  }

  #refreshed(): readonly Member[] {
    const { network } = this.#world;
    if (network.membershipVersion === this.#version) return this.#all;
    this.#version = network.membershipVersion;
    const known = new Map(this.#all.map((member) => [member.name, member]));
    this.#all = network.members(this.#options.pool).map((name) => known.get(name) ?? this.#newcomer(name));
    return this.#all;
  }

  /** With a health check everybody must pass it first, also those who were there before the router. */
  #newcomer(name: string): Member {
    const healthy = this.#options.health === undefined;
    return { name, healthy, passedCount: 0, failedCount: 0, badAnswerCount: 0, ejectedUntilMs: 0 };
  }

  /**
   * The next instance in turn that is fit and not among those already tried; undefined when there is none.
   * @param round begun where it was left, and left behind the chosen one
   * @param hash where to begin instead of in turn: any whole number from 0
   */
  choose(tried: readonly string[], round: Round, hash?: number): string | undefined {
    const all = this.#refreshed();
    if (hash !== undefined) round.next = all.length === 0 ? 0 : hash % all.length;
    for (let step = 0; step < all.length; step++) {
      const member = all[(round.next + step) % all.length]!;
      if (!this.#fit(member) || tried.includes(member.name)) continue;
      round.next = (round.next + step + 1) % all.length;
      return member.name;
    }
    return undefined;
  }

  isFit(name: string): boolean {
    for (const member of this.#refreshed()) if (member.name === name) return this.#fit(member);
    return false;
  }

  #fit(member: Member): boolean {
    return member.healthy && member.ejectedUntilMs <= this.#world.clock.nowMs();
  }

  checked(name: string, passed: boolean): void {
    const health = this.#options.health;
    const member = this.#all.find((each) => each.name === name);
    if (member === undefined || health === undefined) return;
    member.passedCount = passed ? member.passedCount + 1 : 0;
    member.failedCount = passed ? 0 : member.failedCount + 1;
    const { journal } = this.#world;
    if (member.healthy && member.failedCount >= health.fallCount) {
      member.healthy = false;
      journal.note('router.unhealthy', { instance: name });
    } else if (!member.healthy && member.passedCount >= health.riseCount) {
      member.healthy = true;
      journal.note('router.healthy', { instance: name });
    }
  }

  /** Passive health: what the instance answered to real traffic. */
  answered(name: string, status: number): void {
    const ejection = this.#options.ejection;
    if (ejection === undefined) return;
    const member = this.#all.find((each) => each.name === name);
    // What was under way when it was ejected says nothing new.
    if (member === undefined || member.ejectedUntilMs > this.#world.clock.nowMs()) return;
    member.badAnswerCount = ejection.counts(status) ? member.badAnswerCount + 1 : 0;
    if (member.badAnswerCount >= ejection.consecutiveCount) this.#eject(member, ejection);
  }

  #eject(member: Member, ejection: EjectionOptions): void {
    const nowMs = this.#world.clock.nowMs();
    const outCount = this.#all.filter((each) => each.ejectedUntilMs > nowMs).length;
    if (outCount + 1 > this.#all.length * ejection.maxEjectedRatio) return;
    member.badAnswerCount = 0;
    member.ejectedUntilMs = nowMs + ejection.ejectMs;
    this.#world.journal.note('router.ejected', { instance: member.name });
  }
}
