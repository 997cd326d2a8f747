/** The instances that a router may choose from: who is registered, who passes the health check, who is ejected. */
import type { World } from '../../simulator/contract/index.ts';
import { answersAmong, type Answer } from '../status-words.ts';
import { eject, newMember, type Member } from './member.ts';
import type { EjectionOptions, RouterOptions } from './options.ts';
import { Skew } from './skew.ts';

/** Whose turn is next. Measuring requests take turns among themselves, so that measuring does not move anybody's. */
export interface Round {
  next: number;
}

export class Members {
  readonly #world: World;
  readonly #options: RouterOptions;
  readonly #counts: (answer: Answer) => boolean;
  readonly #skew: Skew | undefined;
  #all: Member[] = [];
  #version = -1;

  constructor(world: World, options: RouterOptions) {
    this.#world = world;
    this.#options = options;
    this.#counts = answersAmong(options.ejection?.counts ?? []);
    if (options.skew !== undefined) this.#skew = new Skew(world, options.skew);
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
    return newMember(name, this.#options.health === undefined);
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
    return member.healthy && !member.drained && member.ejectedUntilMs <= this.#world.clock.nowMs();
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
      member.drained = false;
      this.#skew?.restarted(member);
      journal.note('router.healthy', { instance: name });
    }
  }

  /** Passive health: what the instance answered to real traffic. */
  answered(name: string, answer: Answer): void {
    const { ejection } = this.#options;
    if (ejection === undefined && this.#skew === undefined) return;
    const member = this.#all.find((each) => each.name === name);
    // What was under way when it was ejected says nothing new.
    if (member === undefined || member.ejectedUntilMs > this.#world.clock.nowMs()) return;
    if (ejection !== undefined) this.#count(member, answer, ejection);
    this.#skew?.answered(member, answer, this.#all);
  }

  #count(member: Member, answer: Answer, ejection: EjectionOptions): void {
    member.badAnswerCount = this.#counts(answer) ? member.badAnswerCount + 1 : 0;
    if (member.badAnswerCount < ejection.consecutiveCount) return;
    const nowMs = this.#world.clock.nowMs();
    const outCount = this.#all.filter((each) => each.ejectedUntilMs > nowMs).length;
    if (outCount + 1 > this.#all.length * ejection.maxEjectedRatio) return;
    eject(member, ejection, nowMs);
    this.#world.journal.note('router.ejected', { instance: member.name });
  }

  /** Sends an instance nothing new. False where it is unknown, or where less than half of the pool would be left. */
  drain(name: string): boolean {
    const all = this.#refreshed();
    const member = all.find((each) => each.name === name);
    if (member === undefined) return false;
    const leftCount = all.filter((each) => each !== member && this.#fit(each)).length;
    if (leftCount < all.length / 2) return false;
    member.drained = true;
    this.#world.journal.note('router.drained', { instance: name });
    return true;
  }
}
