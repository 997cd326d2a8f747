/** A browser at the identity provider: gets a code, with a login page or without, and keeps the provider's own cookie. */
import type { Process, Reply, Request, World } from '../../simulator/contract/index.ts';
import { makeBrowser, obtainCode, type Browser, type FlowFailed } from '../idp/index.ts';
import type { BrowserSessionOptions, SignOnOptions } from './browser-session-options.ts';

export type CodeAtHand =
  | { readonly query: NonNullable<Request['query']>; readonly isSilent: boolean }
  | { readonly failed: Pick<Reply, 'status' | 'failure'> };

export class BrowserSignOn {
  readonly #world: World;
  readonly #agent: Browser;
  readonly #timeoutMs: number;
  readonly #actions;
  readonly #renewals;

  constructor(
    world: World,
    { idp, clientId, actedAs }: SignOnOptions,
    { population, patienceMs }: Pick<BrowserSessionOptions, 'population' | 'patienceMs'>,
    user: string,
  ) {
    this.#world = world;
    this.#agent = makeBrowser({ user, clientId, idp });
    this.#timeoutMs = patienceMs;
    this.#actions = world.journal.counter('mitigation.actions', { mitigation: actedAs });
    this.#renewals = world.journal.timing('browser.silent-sign-in', { population });
  }

  /** @param typingMs on the provider's page; undefined asks it for no page (`prompt=none`) */
  *code(key: number, typingMs: number | undefined): Process<CodeAtHand> {
    const wish = typingMs === undefined ? { silent: true } : { typingMs };
    const result = yield* obtainCode(this.#world, this.#agent, { key, timeoutMs: this.#timeoutMs, ...wish });
    if (!result.ok) return { failed: asReply(result) };
    const { step, code, verifier } = result;
    return { query: { code, code_verifier: verifier }, isSilent: step === 'authorize' };
  }

  /** @param durationMs from the application's redirect to its own session */
  renewed(durationMs: number): void {
    this.#actions.add();
    this.#renewals.observe(durationMs);
  }
}

/** What the person in front of it sees: no answer, an error page, or a login page that was not to be. */
function asReply({ failure, status }: FlowFailed): Pick<Reply, 'status' | 'failure'> {
  const isNetwork = failure === 'timeout' || failure === 'refused' || failure === 'reset' || failure === 'cut';
  if (isNetwork) return { status: 0, failure };
  return { status: failure === 'login-required' ? 401 : Math.max(status, 400) };
}
