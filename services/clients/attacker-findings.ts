/** The attacker's record: attempts and admissions by kind of credential. */
import type { World } from '../../simulator/contract/index.ts';

export class Findings {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** @param sinceMs how long the credential ought to have been refused already */
  tried(kind: string, admitted: boolean, sinceMs: number): void {
    const { journal } = this.#world;
    journal.counter('attacker.attempts', { kind }).add();
    if (!admitted) return;
    journal.counter('attacker.admitted', { kind }).add();
    journal.note('attacker.admitted', { kind, sinceMs });
  }
}
