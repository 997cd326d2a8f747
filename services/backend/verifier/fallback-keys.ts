/**
 * Keys for a process that could fetch none since it started: those that its predecessor left on the disk, or those that
 * came with its image. Old keys open what new ones open, and go on opening what the provider has withdrawn.
 */
import { keyOf, type Jwk, type Process, type World } from '../../../simulator/contract/index.ts';
import { KeySet } from './key-set.ts';

export interface Fallbacks {
  /** The last set fetched, kept on the disk. It survives a restart and not a re-imaging. */
  readonly disk?: {
    /** Not older than this, in ms: above 0. */
    readonly forMs: number;
    readonly actedAs?: string;
  };
  /** The set that was good when the image was built. */
  readonly image?: {
    /** Host that stands for what is baked in: a `keyDepot`. It is asked once a start, when it is needed. */
    readonly host: string;
    readonly actedAs?: string;
  };
}

/** A set to fall back on, and the mitigation that it is owed to. */
export interface Fallback {
  readonly set: KeySet;
  readonly actedAs: string | undefined;
}

/** As it stands on the disk. */
interface Kept {
  readonly keys: readonly Jwk[];
  readonly fetchedAtMs: number;
}

const FILE = 'verification-keys';

export class FallbackKeys {
  readonly #world: World;
  readonly #fallbacks: Fallbacks;
  /** What the predecessor had left when this process started. */
  readonly #left: { readonly set: KeySet; readonly fetchedAtMs: number } | undefined;
  #baked: KeySet | undefined;
  #isUnpacked = false;

  constructor(world: World, fallbacks: Fallbacks) {
    this.#world = world;
    this.#fallbacks = fallbacks;
    const kept = fallbacks.disk === undefined ? undefined : (world.disk.read(FILE) as Kept | undefined);
    if (kept !== undefined) this.#left = { set: new KeySet(kept.keys), fetchedAtMs: kept.fetchedAtMs };
  }

  /** A set has been fetched. */
  remember(set: KeySet): void {
    if (this.#fallbacks.disk === undefined) return;
    const kept: Kept = { keys: set.keys, fetchedAtMs: this.#world.clock.nowMs() };
    this.#world.disk.write(FILE, kept);
  }

  /** Reads what came with the image, if anything did: when it is first needed, and then no more. */
  *unpack(): Process<void> {
    const { image } = this.#fallbacks;
    if (image === undefined || this.#isUnpacked) return;
    this.#isUnpacked = true;
    const { network, host } = this.#world;
    const key = keyOf(host.incarnation, 0x1a6e);
    const reply = yield* network.call(image.host, { method: 'GET', path: '/jwks', source: host.name, key });
    if (reply.status === 200) this.#baked = new KeySet((reply.body as { readonly keys: readonly Jwk[] }).keys);
  }

  /** The younger of the two comes first: what was on the disk was fetched later than the image was built. */
  recall(): Fallback | undefined {
    const { disk, image } = this.#fallbacks;
    if (disk !== undefined && this.#left !== undefined) {
      const ageMs = this.#world.clock.nowMs() - this.#left.fetchedAtMs;
      if (ageMs < disk.forMs) return { set: this.#left.set, actedAs: disk.actedAs };
    }
    return this.#baked === undefined ? undefined : { set: this.#baked, actedAs: image?.actedAs };
  }
}
