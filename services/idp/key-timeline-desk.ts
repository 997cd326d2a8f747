/** Where an administrator changes keys while the provider runs: a key put back, taken away, or made to sign again. */
import type { Request, Response, World } from '../../simulator/contract/index.ts';
import type { KeyDeed } from './key-timeline.ts';
import type { SigningKeys } from './signing-keys.ts';

/** POST, with {@link KeyRequest} as body; 204, or 400 for a kid that no plan has. */
export const KEYS_PATH = '/admin/keys';

export interface KeyRequest {
  /** Done in this order, all at this moment. */
  readonly changes: readonly { readonly kid: string; readonly does: KeyDeed }[];
}

/** The note of a change. Detail: kid, does. */
export const KEYS_CHANGED = 'idp.keys-changed';

const DONE: Response = Object.freeze({ status: 204 });
const NO_SUCH_KEY: Response = Object.freeze({ status: 400, body: Object.freeze({ error: 'no_such_key' }) });
const WRONG_METHOD: Response = Object.freeze({ status: 405, headers: Object.freeze({ allow: 'POST' }) });

export class KeyDesk {
  readonly #world: World;
  readonly #keys: SigningKeys;

  constructor(world: World, keys: SigningKeys) {
    this.#world = world;
    this.#keys = keys;
  }

  answer(request: Request): Response {
    if (request.method !== 'POST') return WRONG_METHOD;
    const { changes } = request.body as KeyRequest;
    if (!changes.every(({ kid }) => this.#keys.knows(kid))) return NO_SUCH_KEY;
    for (const { kid, does } of changes) {
      this.#keys.change({ atMs: this.#world.clock.wallMs(), kid, does });
      this.#world.journal.note(KEYS_CHANGED, { kid, does });
    }
    return DONE;
  }
}
