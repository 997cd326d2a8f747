/** Door-keepers who look at the refresh token: one reads its expiry, one remembers which were refused. */
import type { Request, Response, World } from '../../../simulator/contract/index.ts';
import { Deed } from '../deed.ts';
import { refreshTokenOf } from '../flow.ts';
import { DEAD_TOKEN, type Guard, type ReadExpiry } from './guard.ts';
import type { DeadTokenCache, ExpiredTokens } from './options.ts';

export class ExpiryReader implements Guard {
  readonly #world: World;
  readonly #expiryOf: ReadExpiry;
  readonly #deed: Deed | undefined;

  constructor(world: World, { actedAs }: ExpiredTokens, expiryOf: ReadExpiry) {
    this.#world = world;
    this.#expiryOf = expiryOf;
    this.#deed = Deed.of(world, actedAs);
  }

  judge(request: Request): Response | undefined {
    const token = refreshTokenOf(request);
    const expiresAtMs = token === undefined ? undefined : this.#expiryOf(token);
    if (expiresAtMs === undefined || this.#world.clock.wallMs() < expiresAtMs) return undefined;
    this.#deed?.done();
    this.#world.journal.step(request.chain, 'is refused at the edge with 400: its token has expired');
    return DEAD_TOKEN;
  }
}

interface Refusal {
  readonly response: Response;
  readonly untilMs: number;
}

export class RefusalMemory implements Guard {
  readonly #world: World;
  readonly #options: DeadTokenCache;
  readonly #deed: Deed | undefined;
  /** By refresh token and client; the oldest first. */
  readonly #refusals = new Map<string, Refusal>();

  constructor(world: World, options: DeadTokenCache) {
    this.#world = world;
    this.#options = options;
    this.#deed = Deed.of(world, options.actedAs);
  }

  judge(request: Request): Response | undefined {
    const name = nameOf(request);
    const refusal = name === undefined ? undefined : this.#refusals.get(name);
    if (refusal === undefined) return undefined;
    if (this.#world.clock.nowMs() >= refusal.untilMs) {
      this.#refusals.delete(name!);
      return undefined;
    }
    this.#deed?.done();
    this.#world.journal.step(request.chain, 'is refused at the edge with 400: this token was refused before');
    return refusal.response;
  }

  readonly learn = (request: Request, response: Response): void => {
    const { status, fate = 'deliver', body } = response;
    if (status !== 400 || fate !== 'deliver') return;
    const error = (body as { readonly error?: string } | undefined)?.error;
    const name = error === 'invalid_grant' ? nameOf(request) : undefined;
    if (name === undefined) return;
    this.#refusals.delete(name);
    this.#refusals.set(name, { response, untilMs: this.#world.clock.nowMs() + this.#options.lifetimeMs });
    if (this.#refusals.size > this.#options.entryLimit) this.#refusals.delete(this.#refusals.keys().next().value!);
  };
}

/** Another client with the same token is another question. */
function nameOf(request: Request): string | undefined {
  const token = refreshTokenOf(request);
  if (token === undefined) return undefined;
  const { client_id: client } = request.body as { readonly client_id?: string };
  return `${client ?? ''} ${token}`;
}
