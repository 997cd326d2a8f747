/**
 * A backend instance: boots (fetching keys or not, as its start-up mode says), opens its door, judges each request by
 * bearer token or by session cookie. Every instance judges for itself: that is where instances come to differ.
 */
import { type Process, type Request, type Response, type Role, type World } from '../../simulator/contract/index.ts';
import { BearerDoor } from './bearer-door.ts';
import { Condition, KEYLESS_STARTS } from './condition.ts';
import type { BackendOptions } from './options.ts';
import { passesSelfTest } from './self-test.ts';
import { CALLBACK_PATH, SignOn } from './session-sign-on.ts';
import { SESSION_COOKIE, SessionKeeper } from './session.ts';
import { makeVerifier, type Verifier } from './verifier/index.ts';

export const backend: Role<BackendOptions> = { name: 'backend', main };

/** Where an instance exposes what it has counted since it started, as a JSON object of numbers. */
export const METRICS_PATH = '/metrics';
/** Member of the metrics: sessions rejected before their end. */
export const EARLY_REVOCATIONS = 'earlyRevocationCount';

/** Member of the metrics: sign-ins within 5 minutes of the same user's last one. */
export const REPEATED_SIGN_INS = 'repeatedSignInCount';

/** Names the instance that answered, as many balancers and frameworks do. */
export const INSTANCE_HEADER = 'x-instance';

/** By far the commonest answer: recognised by identity, so that it need not be copied to name the instance. */
const OK: Response = { status: 200 };

function* main(world: World, options: BackendOptions): Process<void | 'exit'> {
  yield* world.timers.sleep(options.bootMs);
  const service = new Backend(world, options);
  const { verifier, condition } = service;
  if (verifier !== undefined && (yield* verifier.start()) === 'failed') return 'exit';
  const { selfTest } = options;
  if (verifier !== undefined && selfTest !== undefined && !(yield* passesSelfTest(world, verifier, selfTest)))
    return 'exit';
  world.network.listen((request) => service.answer(request), options.capacity);
  condition.opens();
  world.journal.note('backend.listening', { holdsKeys: condition.holdsKeys });
  return undefined;
}

class Backend {
  readonly #world: World;
  readonly #options: BackendOptions;
  readonly verifier: Verifier | undefined;
  readonly condition: Condition;
  readonly #bearers: BearerDoor;
  readonly #sessions: SessionKeeper | undefined;
  readonly #signOn: SignOn | undefined;
  readonly #serviceTimes;
  readonly #headers: { readonly [INSTANCE_HEADER]: string };
  readonly #ok: Response;

  constructor(world: World, options: BackendOptions) {
    this.#world = world;
    this.#options = options;
    this.#serviceTimes = world.draws('backend/service-time');
    this.#headers = { [INSTANCE_HEADER]: world.host.name };
    this.#ok = { ...OK, headers: this.#headers };
    if (options.verifier !== undefined) this.verifier = makeVerifier(world, options.verifier, options.idp);
    this.condition = new Condition(world, options, this.verifier);
    this.#bearers = new BearerDoor(world, this.verifier, options);
    if (options.session !== undefined) this.#sessions = new SessionKeeper(world, options.session);
    if (options.session?.signOn !== undefined) this.#signOn = new SignOn(world, options.session.signOn);
  }

  *answer(request: Request): Process<Response> {
    const response = yield* this.#route(request);
    if (response === OK) return this.#ok;
    return response.headers === undefined
      ? { ...response, headers: this.#headers }
      : { ...response, headers: { ...response.headers, ...this.#headers } };
  }

  #route(request: Request): Process<Response> {
    const { path } = request;
    if (path.startsWith('/api/')) return this.#api(request);
    if (path.startsWith('/app/')) return this.#page(request);
    if (path.startsWith('/portal/')) return this.#portal(request);
    if (path.startsWith('/public/')) return this.#work(request);
    if (path === '/login') return this.#login(request);
    if (path === CALLBACK_PATH) return this.#callback(request);
    if (path === '/logout') return this.#logout(request);
    if (path === METRICS_PATH) return this.#metrics();
    return this.condition.answer(request);
  }

  *#metrics(): Process<Response> {
    const { unopenedCount = 0, repeatedSignInCount = 0 } = this.#sessions ?? {};
    const { keylessStartCount } = this.condition;
    const sessions = { [EARLY_REVOCATIONS]: unopenedCount, [REPEATED_SIGN_INS]: repeatedSignInCount };
    return { status: 200, body: { ...sessions, ...this.#bearers.numbers, [KEYLESS_STARTS]: keylessStartCount } };
  }

  *#work(request: Request): Process<Response> {
    if (request.weightless !== true) {
      yield* this.#world.timers.sleep(this.#serviceTimes.exponential(this.#options.serviceMeanMs, request.key));
    }
    return OK;
  }

  /** A resource that needs a bearer token (RFC 6750). */
  *#api(request: Request): Process<Response> {
    const refusal = yield* this.#bearers.refusal(request);
    return refusal ?? (yield* this.#work(request));
  }

  /** A page that needs a session cookie. */
  *#page(request: Request): Process<Response> {
    const sessions = this.#sessions;
    if (sessions === undefined) return { status: 404 };
    const verdict = yield* sessions.open(request);
    if (!verdict.ok) {
      const { journal } = this.#world;
      if (journal.follows(request.chain)) {
        journal.step(
          request.chain,
          `rejects the session cookie (${verdict.reason}) and sends the user to the login screen`,
        );
      }
      return sessions.rejection(verdict.reason, request);
    }
    const response = yield* this.#work(request);
    return verdict.resigned === undefined ? response : { ...response, cookies: { [SESSION_COOKIE]: verdict.resigned } };
  }

  /**
   * The login form (GET) and its submission (POST): a right password gives a session sealed by this instance,
   * its length told in the body (what `Max-Age` says on a real cookie).
   */
  *#login(request: Request): Process<Response> {
    const sessions = this.#sessions;
    if (sessions === undefined) return { status: 404 };
    const response = yield* this.#work(request);
    if (request.method !== 'POST') {
      return { ...(this.#signOn?.redirection() ?? response), cookies: yield* sessions.formCookies() };
    }
    const { user } = request.body as { readonly user: string };
    return yield* this.#begin(sessions, request, user);
  }

  /** Back from the identity provider. */
  *#callback(request: Request): Process<Response> {
    const sessions = this.#sessions;
    if (sessions === undefined || this.#signOn === undefined) return { status: 404 };
    yield* this.#work(request);
    const user = yield* this.#signOn.userOf(request);
    return user === undefined ? { status: 502 } : yield* this.#begin(sessions, request, user);
  }

  *#begin(sessions: SessionKeeper, request: Request, user: string): Process<Response> {
    if (!(yield* sessions.knowsForm(request))) {
      this.#world.journal.step(request.chain, 'does not know the login form it gets back and shows a new one');
      return { status: 302, headers: { location: '/login?reason=unknown-form' } };
    }
    const cookie = yield* sessions.issue(user, request);
    if (cookie === undefined) return sessions.rejection('store-unanswered', request);
    const body = { maxAgeMs: this.#options.session!.lifetimeMs };
    return { status: 302, headers: { location: '/app/home' }, cookies: { [SESSION_COOKIE]: cookie }, body };
  }

  #logout(request: Request): Process<Response> {
    return this.#sessions === undefined ? this.condition.answer(request) : this.#sessions.end(request);
  }

  /**
   * An operation that has the auth service look at the user's grant first (RFC 7662): it fails with an unexpected error
   * when that does not answer, and sends a user whose grant no longer stands back to the login screen.
   */
  *#portal(request: Request): Process<Response> {
    const sessions = this.#sessions;
    if (sessions === undefined) return { status: 404 };
    const verdict = yield* sessions.open(request);
    if (!verdict.ok) return sessions.rejection(verdict.reason, request);
    const { idp, dependencyTimeoutMs } = this.#options;
    const asked: Request = {
      method: 'POST',
      path: '/introspect',
      body: { token: `refresh/${verdict.session.user}` },
      source: this.#world.host.name,
      key: request.key,
    };
    const call = request.chain === undefined ? asked : { ...asked, chain: request.chain };
    const reply = yield* this.#world.network.call(idp.host, call, { timeoutMs: dependencyTimeoutMs });
    if (reply.status === 200) {
      const { active } = reply.body as { readonly active?: boolean };
      return active === true ? yield* this.#work(request) : sessions.rejection('revoked', request);
    }
    const reason = reply.failure ?? `status ${reply.status}`;
    this.#world.journal.step(request.chain, `answers 502: the auth service gave ${reason}`, { reason });
    return { status: 502 };
  }
}
