/**
 * How long tokens live: as configured, stretched while the glass is broken, spread where they would all end at once. Clients
 * that were handed a token before the scenario know its spread end as well, so it is drawn from the token's own name.
 */
import { hashText, type Draws, type World } from '../../simulator/contract/index.ts';
import { Deed } from '../admission/index.ts';
import type { ExpirySpread, IdpOptions } from './options.ts';

export class Lifetimes {
  readonly refreshTokenMs: number;
  /** How long after its expiry a refresh token is still accepted. */
  readonly leewayMs: number;
  readonly #accessMs: number;
  readonly #spread: ExpirySpread | undefined;
  readonly #draws: Draws | undefined;
  readonly #glassDeed: Deed | undefined;
  readonly #isStretched: boolean;
  readonly #spreadDeed: Deed | undefined;

  constructor(world: World, options: IdpOptions) {
    const { breakGlass, expirySpread, refreshTokenLifetimeMs, accessTokenLifetimeMs } = options;
    this.refreshTokenMs = refreshTokenLifetimeMs;
    this.leewayMs = breakGlass?.refreshLeewayMs ?? 0;
    this.#accessMs = breakGlass?.accessTokenLifetimeMs ?? accessTokenLifetimeMs;
    this.#isStretched = this.#accessMs !== accessTokenLifetimeMs;
    this.#glassDeed = Deed.of(world, breakGlass?.actedAs);
    this.#spread = expirySpread;
    if (expirySpread !== undefined) this.#draws = spreadDraws(world);
    this.#spreadDeed = Deed.of(world, expirySpread?.actedAs);
  }

  /** Lifetime of the access token that goes out with this refresh token. */
  accessTokenMs(refreshToken: string): number {
    if (this.#isStretched) this.#glassDeed?.done();
    if (this.#spread === undefined) return this.#accessMs;
    // Only earlier: nothing can take an access token back, so none may outlive what the policy says.
    const widthMs = (this.#spread.ratio * this.#accessMs) / 2;
    return this.#accessMs - widthMs + spreadMs(this.#draws!, refreshToken, widthMs, 1);
  }

  /** The end of a refresh token that was meant to end at this moment. */
  spread(refreshToken: string, expiresAtMs: number): number {
    if (this.#spread === undefined) return expiresAtMs;
    this.#spreadDeed?.done();
    return expiresAtMs + spreadMs(this.#draws!, refreshToken, this.#spread.ratio * this.refreshTokenMs, 0);
  }

  /** A refresh token was accepted: perhaps only because of the leeway. */
  accepted(expiresAtMs: number, nowMs: number): void {
    if (nowMs >= expiresAtMs) this.#glassDeed?.done();
  }
}

/** The draws that a client needs to know when a token handed out before the scenario ends. */
export function spreadDraws(world: World): Draws {
  return world.drawsOf('tokens', 'expiry-spread');
}

/** @param occasion 0 for the refresh token, 1 for the access token that goes with it */
export function spreadMs(draws: Draws, refreshToken: string, widthMs: number, occasion: number): number {
  return draws.between(-widthMs, widthMs, hashText(refreshToken) >>> 0, occasion);
}
