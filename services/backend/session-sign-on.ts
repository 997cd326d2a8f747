/**
 * Sign-ins through an identity provider: the browser is sent there and comes back with a code (RFC 6749 4.1), which the
 * instance exchanges. Who still has a session at the provider sees no page at all.
 */
import type { Process, Request, Response, World } from '../../simulator/contract/index.ts';
import { exchangeCode, makeBrowser, type Browser } from '../idp/index.ts';
import type { SignOnUse } from './session-options.ts';

/** Where the provider sends browsers back to. */
export const CALLBACK_PATH = '/callback';

export class SignOn {
  readonly #world: World;
  readonly #use: SignOnUse;

  constructor(world: World, use: SignOnUse) {
    this.#world = world;
    this.#use = use;
  }

  /** Off to the provider. */
  redirection(): Response {
    return { status: 302, headers: { location: `https://${this.#use.host}/authorize` } };
  }

  /** The user that a code stands for; undefined when the provider does not say. */
  *userOf(request: Request): Process<string | undefined> {
    const { code, code_verifier: verifier } = request.query ?? {};
    if (code === undefined || verifier === undefined) return undefined;
    // Whoever exchanges codes is a client of the provider's with nothing to remember from one user to the next.
    const { host, clientId, timeoutMs } = this.#use;
    const agent: Browser = makeBrowser({ user: this.#world.host.name, clientId, idp: host });
    const call = { key: request.key, timeoutMs, weightless: request.weightless === true };
    const result = yield* exchangeCode(this.#world, agent, call, { code, verifier });
    if (result.ok) return String(this.#world.seals.peek(result.tokens.accessToken).claims['sub']);
    this.#world.journal.step(request.chain, `cannot exchange the code at the provider (${result.failure})`);
    return undefined;
  }
}
