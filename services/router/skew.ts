/**
 * Which instances refuse more than an instance may, and what to do about it: no default balancer counts a 401, so an
 * instance without keys keeps its place in the rotation. With most of the pool in doubt it does nothing: then it is the
 * identity provider or the clients.
 */
import { ACTED, type World } from '../../simulator/contract/index.ts';
import { SequentialTest } from '../sequential-test.ts';
import { answersAmong, type Answer } from '../status-words.ts';
import { eject, type Member } from './member.ts';
import type { SkewOptions } from './options.ts';

interface Suspect {
  readonly test: SequentialTest;
  /** Whether its present ejection is one of these. */
  ejected: boolean;
}

export class Skew {
  readonly #world: World;
  readonly #options: SkewOptions;
  readonly #counts: (answer: Answer) => boolean;
  readonly #suspects = new Map<string, Suspect>();

  constructor(world: World, options: SkewOptions) {
    this.#world = world;
    this.#options = options;
    this.#counts = answersAmong(options.counts);
  }

  /** @param all the whole pool */
  answered(member: Member, answer: Answer, all: readonly Member[]): void {
    const suspect = this.#suspectOf(member);
    const bad = this.#counts(answer);
    suspect.test.observe(bad ? 1 : 0, bad ? 0 : 1);
    if (!bad || !suspect.test.proves) return;
    const skewed = all.filter((each) => this.#isSkewed(each));
    if (skewed.length > all.length * this.#options.maxSkewedRatio) this.#release(skewed);
    else this.#eject(member, suspect);
  }

  /** A new process runs there: whatever its predecessor did says nothing about it. */
  restarted(member: Member): void {
    this.#suspects.delete(member.name);
  }

  #suspectOf({ name }: Member): Suspect {
    let suspect = this.#suspects.get(name);
    if (suspect === undefined) {
      this.#suspects.set(name, (suspect = { test: new SequentialTest(this.#options), ejected: false }));
    }
    // Its time is over: it comes back with half of the doubt, so that a few more refusals suffice.
    if (suspect.ejected) {
      suspect.ejected = false;
      suspect.test.halve();
    }
    return suspect;
  }

  #isSkewed(member: Member): boolean {
    const suspect = this.#suspects.get(member.name);
    if (suspect === undefined) return false;
    return suspect.test.proves || (suspect.ejected && member.ejectedUntilMs > this.#world.clock.nowMs());
  }

  #eject(member: Member, suspect: Suspect): void {
    const { actedAs } = this.#options;
    suspect.ejected = true;
    eject(member, this.#options, this.#world.clock.nowMs());
    this.#world.journal.note('router.ejected', { instance: member.name, because: 'skew' });
    if (actedAs !== undefined) this.#world.journal.note(ACTED, { mitigation: actedAs, instance: member.name });
  }

  #release(skewed: readonly Member[]): void {
    const nowMs = this.#world.clock.nowMs();
    for (const member of skewed) {
      const suspect = this.#suspects.get(member.name)!;
      if (!suspect.ejected || member.ejectedUntilMs <= nowMs) continue;
      suspect.ejected = false;
      member.ejectedUntilMs = nowMs;
      this.#world.journal.note('router.released', { instance: member.name });
    }
  }
}
