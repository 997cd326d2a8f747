/**
 * A verifier on the bench: an identity provider with modes, two keys, a token by each, and time that passes. What the
 * libraries were measured with on loopback, in virtual time.
 */
import type { VerifierProfile } from '../../services/backend/index.ts';
import type { Process, Request, Response, SigningKey, Token } from '../../simulator/contract/index.ts';
import { ask, ISSUER, issue, play, type Stage } from '../parity/verifier-stage.ts';

export type Mode = 'ok' | '503' | 'refused' | 'hang' | 'cut' | 'empty' | 'html';

/** What stays open for longer than the longest measurement, in seconds. */
export const NEVER = Infinity;

export class Laboratory {
  readonly stage: Stage;
  readonly good: SigningKey;
  readonly next: SigningKey;
  mode: Mode = 'ok';
  published: readonly SigningKey[];
  /** Share of key-set requests that get a 503, drawn for each. */
  failingRatio = 0;
  #bogusCount = 0;

  constructor(stage: Stage) {
    const { seals } = stage.world;
    this.stage = stage;
    this.good = seals.createKey('good');
    this.next = seals.createKey('next');
    this.published = [this.good];
    stage.idp.answer = (request) => this.#answer(request);
  }

  get fetchCount(): number {
    return this.stage.idp.requests.length;
  }

  get nowSeconds(): number {
    return this.stage.world.clock.nowMs() / 1000;
  }

  /** Lets time pass. */
  *pass(seconds: number): Process<void> {
    yield* this.stage.world.timers.sleep(seconds * 1000);
  }

  *token(key: SigningKey, nbfInSeconds?: number): Process<Token> {
    const nbf = nbfInSeconds === undefined ? {} : { nbf: Math.floor(this.nowSeconds) + nbfInSeconds };
    return yield* issue(this.stage.world, key, nbf);
  }

  /** A token by a key that nobody publishes, another one each time. */
  *bogus(): Process<Token> {
    return yield* this.token(this.stage.world.seals.createKey(`bogus-${++this.#bogusCount}`));
  }

  /** Whether a token by this key is accepted now. */
  *accepts(key: SigningKey): Process<boolean> {
    return yield* this.takes(yield* this.token(key));
  }

  *takes(token: Token, key = 1): Process<boolean> {
    return (yield* ask(this.stage, token, { key })) === 'accepted';
  }

  /** Seconds, from now, until a token by this key is accepted, asked each second, to the second. */
  *secondsUntilAccepted(key: SigningKey, withinSeconds: number): Process<number> {
    const began = this.nowSeconds;
    while (this.nowSeconds - began <= withinSeconds) {
      if (yield* this.accepts(key)) return Math.round(this.nowSeconds - began);
      yield* this.pass(1);
    }
    return NEVER;
  }

  /** Seconds, from now, until a token by this key is first rejected, asked every so often; NEVER when it is not. */
  *secondsUntilRejected(key: SigningKey, everySeconds: number, withinSeconds: number): Process<number> {
    for (let second = everySeconds; second <= withinSeconds; second += everySeconds) {
      yield* this.pass(everySeconds);
      if (!(yield* this.accepts(key))) return second;
    }
    return NEVER;
  }

  #answer({ path, key }: Request): Response {
    if (this.mode === '503') return { status: 503 };
    if (this.mode === 'refused') return { status: 200, fate: 'refuse' };
    if (this.mode === 'cut') return { status: 200, body: { keys: [] }, fate: 'cut' };
    if (this.mode === 'hang') return { status: 200, fate: 'hang' };
    if (path.startsWith('/.well-known/')) return { status: 200, body: { issuer: ISSUER, jwks_uri: `${ISSUER}/jwks` } };
    if (this.mode === 'html') return { status: 200, body: '<h1>Down for maintenance</h1>' };
    if (this.stage.world.draws('laboratory/flaky').chance(this.failingRatio, key)) return { status: 503 };
    const keys = this.mode === 'empty' ? [] : this.published.map((each) => this.stage.world.seals.publicJwk(each));
    return { status: 200, body: { keys } };
  }
}

/** Plays the measurement with a verifier of this profile and gives its result. */
export function measured<T>(profile: VerifierProfile, body: (laboratory: Laboratory) => Process<T>, seed = 1): T {
  const results: T[] = [];
  play(
    profile,
    function* run(stage) {
      results.push(yield* body(new Laboratory(stage)));
    },
    { seed },
  );
  if (results.length === 0) throw new Error('The measurement did not come to its end within the day that it is given.');
  return results[0]!;
}
