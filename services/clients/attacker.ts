/**
 * The same attacker in every run, on accounts of its own, taking no capacity: tries credentials that must be refused and
 * records which were admitted, and for how long after they should have been refused. What a mitigation gives away in
 * security shows here.
 */
import {
  keyOf,
  type Process,
  type Reply,
  type Request,
  type Role,
  type Token,
  type World,
} from '../../simulator/contract/index.ts';
import { SESSION_COOKIE } from '../backend/index.ts';
import { makeBrowser, refresh, signIn, type Browser, type TokenSet } from '../idp/client.ts';
import { Findings } from './attacker-findings.ts';
import { StolenSession } from './attacker-sign-out.ts';

export interface AttackerOptions {
  readonly everyMs: number;
  /** The provider whose tokens are forged, and where they are tried, through the balancer as anybody would. */
  readonly tokens?: { readonly idp: string; readonly edge: string; readonly path: string };
  /** Where a session cookie sealed with the key of another tenant is tried. */
  readonly cookies?: {
    readonly edge: string;
    readonly path: string;
    /** From then on the cookie of a session is tried after its owner has signed out. Never by default. */
    readonly signsOutFromMs?: number;
  };
}

export const attacker: Role<AttackerOptions> = { name: 'attacker', main };

type Door = NonNullable<AttackerOptions['cookies']>;
type TokenDoor = NonNullable<AttackerOptions['tokens']>;

/** More than any verifier forgives (go-oidc and Microsoft.IdentityModel forgive 5 minutes, others less). */
const CLOCK_TOLERANCE_MS = 330_000;

function* main(world: World, options: AttackerOptions): Process<void> {
  const attack = new Attack(world, options);
  yield* world.timers.sleep(FIRST_MS);
  for (let round = 0; ; round++) {
    yield* attack.round(round);
    yield* world.timers.sleepPeriod(options.everyMs);
  }
}

/** When everything that boots at the beginning of a scenario is up. */
const FIRST_MS = 180_000;

class Attack {
  readonly #world: World;
  readonly #options: AttackerOptions;
  readonly #findings: Findings;
  readonly #stolen: StolenSession | undefined;
  #oldest: Token | undefined = undefined;

  constructor(world: World, options: AttackerOptions) {
    this.#world = world;
    this.#options = options;
    this.#findings = new Findings(world);
    const { cookies } = options;
    if (cookies?.signsOutFromMs !== undefined) this.#stolen = new StolenSession(world, this.#findings, cookies);
  }

  *round(round: number): Process<void> {
    const { tokens, cookies } = this.#options;
    if (cookies !== undefined) yield* this.#tryForeignCookie(cookies, round);
    if (tokens !== undefined) yield* this.#tryTokens(tokens, round);
    if (this.#world.clock.nowMs() >= (cookies?.signsOutFromMs ?? Infinity)) {
      this.#world.tasks.spawn(this.#stolen!.steal(round));
    }
  }

  *#tryForeignCookie(door: Door, round: number): Process<void> {
    const value = { user: 'somebody-else', issuedAtMs: this.#world.clock.wallMs() };
    const cookie = yield* this.#world.seals.sealCookie('secret of another tenant', value);
    const reply = yield* this.#send(door, { cookies: { [SESSION_COOKIE]: cookie } }, keyOf(round, 1));
    this.#findings.tried('foreign-cookie', reply.status === 200, 0);
  }

  /** A fresh account each round; its genuine token is the pattern of the forged ones. */
  *#tryTokens(door: TokenDoor, round: number): Process<void> {
    const browser = makeBrowser({ user: `attacker-${round}`, clientId: 'attacker', idp: door.idp });
    const call = { key: keyOf(round, 2), timeoutMs: 10_000, weightless: true };
    const result = yield* signIn(this.#world, browser, call);
    if (!result.ok) return;
    const genuine = result.tokens.accessToken;
    for (const [index, [kind, token]] of (yield* this.#forgeries(result.tokens)).entries()) {
      const reply = yield* this.#send(door, { bearer: token }, keyOf(round, 3, index));
      this.#findings.tried(kind, reply.status === 200, 0);
    }
    yield* this.#tryReuse(browser, round);
    this.#world.tasks.spawn(this.#tryRevoked(door, browser, genuine, round));
    this.#world.tasks.spawn(this.#tryRemovedKey(door, genuine, round));
    yield* this.#tryExpired(door, round);
    this.#oldest ??= genuine;
  }

  /** A genuine token of an earlier round whose time is over. */
  *#tryExpired(door: TokenDoor, round: number): Process<void> {
    const token = this.#oldest;
    if (token === undefined) return;
    const expiredMs = this.#world.clock.wallMs() - Number(token.claims['exp']) * 1000;
    if (expiredMs < CLOCK_TOLERANCE_MS) return;
    const reply = yield* this.#send(door, { bearer: token }, keyOf(round, 10));
    this.#findings.tried('expired-token', reply.status === 200, expiredMs);
  }

  /** The audience of an ID token is the client, so it is a genuine token of the wrong audience. */
  *#forgeries(tokens: TokenSet): Process<readonly (readonly [string, Token])[]> {
    const { seals } = this.#world;
    const genuine = tokens.accessToken;
    const { header, claims } = seals.peek(genuine);
    const own = seals.createKey(header.kid ?? '', header.alg === 'RS256' ? 'RS256' : 'ES256');
    const forged = yield* seals.sign(own, claims);
    const foreign = yield* seals.sign(own, { ...claims, iss: 'https://evil.example' });
    const unsigned: Token = { ...genuine, header: { ...header, alg: 'none' }, signature: '' };
    const kinds: (readonly [string, Token])[] = [
      ['forged-signature', forged],
      ['alg-none', unsigned],
      ['wrong-issuer', foreign],
    ];
    if (tokens.idToken !== undefined) kinds.push(['wrong-audience', tokens.idToken]);
    return kinds;
  }

  /** Presents a refresh token again after its rotation; admitted when new tokens come back. */
  *#tryReuse(browser: Browser, round: number): Process<void> {
    const before = browser.tokens;
    const call = { key: keyOf(round, 4), timeoutMs: 10_000, weightless: true };
    if (before === undefined || !(yield* refresh(this.#world, browser, call)).ok) return;
    const copy: Browser = { ...browser, tokens: before };
    const rotatedAtMs = this.#world.clock.nowMs();
    const again = yield* refresh(this.#world, copy, { ...call, key: keyOf(round, 5) });
    this.#findings.tried('refresh-reuse', again.ok, this.#world.clock.nowMs() - rotatedAtMs);
  }

  /** The session is revoked; how long does its access token still pass? */
  *#tryRevoked(door: TokenDoor, browser: Browser, token: Token, round: number): Process<void> {
    const { network, host, clock, timers } = this.#world;
    const body = { token: browser.tokens?.refreshToken ?? '' };
    const request: Request = {
      method: 'POST',
      path: '/revoke',
      body,
      source: host.name,
      key: keyOf(round, 6),
      weightless: true,
    };
    const reply = yield* network.call(browser.idp, request, { timeoutMs: 10_000 });
    if (reply.status !== 200) return;
    const revokedAtMs = clock.nowMs();
    for (let attempt = 0; this.#outlivesNextTry(token); attempt++) {
      yield* timers.sleep(TRY_AGAIN_MS);
      const tried = yield* this.#send(door, { bearer: token }, keyOf(round, 7, attempt));
      this.#findings.tried('revoked-session', tried.status === 200, clock.nowMs() - revokedAtMs);
    }
  }

  /** Whether the token may still pass at the next try: what becomes of it later is that of an expired one. */
  #outlivesNextTry(token: Token): boolean {
    return this.#world.clock.wallMs() + TRY_AGAIN_MS <= Number(token.claims['exp']) * 1000 + CLOCK_TOLERANCE_MS;
  }

  /** Once the provider no longer publishes the key of a token, how long does the token still pass? From when that is seen. */
  *#tryRemovedKey(door: TokenDoor, token: Token, round: number): Process<void> {
    const { clock, timers } = this.#world;
    let removedAtMs: number | undefined;
    for (let attempt = 0; this.#outlivesNextTry(token); attempt++) {
      yield* timers.sleep(TRY_AGAIN_MS);
      const published = yield* this.#isPublished(door.idp, token, keyOf(round, 8, attempt));
      if (published === false) removedAtMs ??= clock.nowMs();
      // A key can be put back: its tokens are good again.
      if (published === true) removedAtMs = undefined;
      if (removedAtMs === undefined) continue;
      const tried = yield* this.#send(door, { bearer: token }, keyOf(round, 9, attempt));
      this.#findings.tried('removed-key', tried.status === 200, clock.nowMs() - removedAtMs);
    }
  }

  /** Undefined when it cannot be told. */
  *#isPublished(idp: string, token: Token, key: number): Process<boolean | undefined> {
    const { network, host, seals } = this.#world;
    const request: Request = { method: 'GET', path: '/jwks', source: host.name, key, weightless: true };
    const reply = yield* network.call(idp, request, { timeoutMs: 5_000 });
    if (reply.status !== 200) return undefined;
    const { keys } = reply.body as { readonly keys?: readonly { readonly kid?: string }[] };
    // An empty or garbled document is a fault of the provider's, not a removal.
    if (!Array.isArray(keys) || keys.length === 0) return undefined;
    return keys.some(({ kid }) => kid === seals.peek(token).header.kid);
  }

  *#send({ edge, path }: Door, credential: Pick<Request, 'bearer' | 'cookies'>, key: number): Process<Reply> {
    const { network, host } = this.#world;
    const request: Request = { method: 'GET', path, source: host.name, key, weightless: true, ...credential };
    return yield* network.call(edge, request, { timeoutMs: 10_000 });
  }
}

const TRY_AGAIN_MS = 300_000;
