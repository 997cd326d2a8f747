/** The private keys behind the timeline: made once at start, or taken from disk so that a restart signs as before. */
import type { Disk, Jwk, Seals, SigningKey } from '../../simulator/contract/index.ts';
import { KeyTimeline, type KeyChange, type KeyPlan } from './key-timeline.ts';

interface KeyPair {
  readonly signing: SigningKey;
  readonly published: Jwk;
}

const CHANGES = 'key-changes';

export class SigningKeys {
  #timeline: KeyTimeline;
  readonly #shelf: Disk;
  readonly #pairs = new Map<KeyPlan, KeyPair>();

  /** @param shelf where private keys are kept: the disk, or memory for new keys at each start */
  constructor(plans: readonly KeyPlan[], seals: Seals, shelf: Disk) {
    this.#shelf = shelf;
    this.#timeline = new KeyTimeline(plans, shelf.read(CHANGES) as readonly KeyChange[] | undefined);
    plans.forEach((plan, index) => {
      // The place in the timeline tells keys of one kid apart.
      const name = `key/${index}/${plan.kid}`;
      const signing = (shelf.read(name) as SigningKey | undefined) ?? seals.createKey(plan.kid, plan.alg);
      shelf.write(name, signing);
      this.#pairs.set(plan, { signing, published: seals.publicJwk(signing) });
    });
  }

  /** @throws SimulatorError when the timeline has no signing key at this moment */
  signingAt(atMs: number): SigningKey {
    return this.#pair(this.#timeline.signingAt(atMs)).signing;
  }

  publishedAt(atMs: number): readonly Jwk[] {
    return this.#timeline.publishedAt(atMs).map((plan) => this.#pair(plan).published);
  }

  knows(kid: string): boolean {
    return this.#timeline.plans.some((plan) => plan.kid === kid);
  }

  /** Done now, and remembered where the keys are. */
  change(change: KeyChange): void {
    const changes = [...this.#timeline.changes, change];
    this.#shelf.write(CHANGES, changes);
    this.#timeline = new KeyTimeline(this.#timeline.plans, changes);
  }

  #pair(plan: KeyPlan): KeyPair {
    return this.#pairs.get(plan)!;
  }
}
