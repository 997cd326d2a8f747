/** What an instance says about itself to whoever decides over its traffic and its life: `/healthz`, `/readyz`, `/livez`. */
import {
  keyOf,
  type Counter,
  type Process,
  type Request,
  type Response,
  type World,
} from '../../simulator/contract/index.ts';
import type { BackendOptions } from './options.ts';
import type { Verifier } from './verifier/index.ts';

/** Member of the metrics: whether this process went into service without keys to judge tokens by (0 or 1). */
export const KEYLESS_STARTS = 'keylessStartCount';

const OK: Response = Object.freeze({ status: 200 });
const NOT_NOW: Response = Object.freeze({ status: 503 });
const UNKNOWN: Response = Object.freeze({ status: 404 });

export class Condition {
  readonly #world: World;
  readonly #options: BackendOptions;
  readonly #verifier: Verifier | undefined;
  readonly #gateActions: Counter | undefined;
  #keylessStartCount = 0;

  constructor(world: World, options: BackendOptions, verifier: Verifier | undefined) {
    this.#world = world;
    this.#options = options;
    this.#verifier = verifier;
    const { readinessActedAs } = options;
    if (readinessActedAs !== undefined) {
      this.#gateActions = world.journal.counter('mitigation.actions', { mitigation: readinessActedAs });
    }
  }

  get keylessStartCount(): number {
    return this.#keylessStartCount;
  }

  get holdsKeys(): boolean {
    return this.#verifier?.holdsKeys ?? true;
  }

  /** The door opens. A verifier that fetches on demand is not without keys yet: nobody has asked for any. */
  opens(): void {
    const { startup } = this.#options.verifier ?? {};
    if (!this.holdsKeys && startup?.mode !== 'lazy') this.#keylessStartCount = 1;
  }

  *answer(request: Request): Process<Response> {
    switch (request.path) {
      case '/healthz':
        return OK;
      case '/readyz':
        return this.#readiness();
      case '/livez':
        return this.#options.liveness === 'identity-provider' ? yield* this.#reachesProvider(request) : OK;
      default:
        return UNKNOWN;
    }
  }

  #readiness(): Response {
    if (this.#options.readiness === 'always' || this.holdsKeys) return OK;
    this.#gateActions?.add();
    this.#verifier?.warmUp();
    return NOT_NOW;
  }

  /** The trap: a process is killed for what it depends on. */
  *#reachesProvider({ key }: Request): Process<Response> {
    const { network, host } = this.#world;
    const { idp, dependencyTimeoutMs } = this.#options;
    const path = '/.well-known/openid-configuration';
    const asked: Request = { method: 'GET', path, source: host.name, key: keyOf(key, 0x11fe) };
    const reply = yield* network.call(idp.host, asked, { timeoutMs: dependencyTimeoutMs });
    return reply.status === 200 ? OK : NOT_NOW;
  }
}
