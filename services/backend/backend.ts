/**
 * A backend instance: boots (fetching keys or not, as its start-up mode says), opens its door, judges each request by
 * bearer token or by session cookie. Every instance judges for itself: that is where instances come to differ.
 */
import { type Process, type Request, type Response, type Role, type World } from '../../simulator/contract/index.ts';
import type { BackendOptions } from './options.ts';
import { SESSION_COOKIE, SessionKeeper } from './session.ts';
import { makeVerifier, type Verifier } from './verifier/index.ts';

export const backend: Role<BackendOptions> = { name: 'backend', main };

/** Where an instance exposes what it has counted since it started, as a JSON object of numbers. */
export const METRICS_PATH = '/metrics';
/** Member of the metrics: sessions rejected before their end. */
export const EARLY_REVOCATIONS = 'earlyRevocationCount';

/** Names the instance that answered, as many balancers and frameworks do. */
export const INSTANCE_HEADER = 'x-instance';

/** By far the commonest answer: recognised by identity, so that it need not be copied to name the instance. */
const OK: Response = { status: 200 };

function* main(world: World, options: BackendOptions): Process<void | 'exit'> {
  yield* world.timers.sleep(options.bootMs);
  const service = new Backend(world, options);
  if (service.verifier !== undefined && (yield* service.verifier.start()) === 'failed') return 'exit';
  world.network.listen((request) => service.answer(request), options.capacity);
  world.journal.note('backend.listening', { holdsKeys: service.verifier?.holdsKeys ?? true });
  return undefined;
}

class Backend {
  readonly #world: World;
  readonly #options: BackendOptions;
  readonly verifier: Verifier | undefined;
  readonly #sessions: SessionKeeper | undefined;
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
    if (options.session !== undefined) this.#sessions = new SessionKeeper(world, options.session);
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
    return this.#probe(path);
  }

  *#probe(path: string): Process<Response> {
    if (path === '/healthz') return OK;
    if (path === METRICS_PATH) return { status: 200, body: this.#metrics() };
    if (path !== '/readyz') return { status: 404 };
    const ready = this.#options.readiness === 'always' || this.verifier === undefined || this.verifier.holdsKeys;
    return ready ? OK : { status: 503 };
  }

  #metrics(): Readonly<Record<string, number>> {
    return { [EARLY_REVOCATIONS]: this.#sessions?.unopenedCount ?? 0 };
  }

  *#work(request: Request): Process<Response> {
    if (request.weightless !== true) {
      yield* this.#world.timers.sleep(this.#serviceTimes.exponential(this.#options.serviceMeanMs, request.key));
    }
    return OK;
  }

  /** A resource that needs a bearer token (RFC 6750). */
  *#api(request: Request): Process<Response> {
    const refusal = yield* this.#judgeBearer(request);
    return refusal ?? (yield* this.#work(request));
  }

  *#judgeBearer(request: Request): Process<Response | undefined> {
    if (this.verifier === undefined) return { status: 404 };
    if (request.bearer === undefined) return { status: 401, headers: { 'www-authenticate': 'Bearer' } };
    const verdict = yield* this.verifier.verify(request.bearer, request);
    if (verdict.ok) return undefined;
    const { journal } = this.#world;
    if (journal.follows(request.chain)) {
      journal.step(request.chain, `answers ${verdict.status}: ${verdict.reason}`, { reason: verdict.reason });
    }
    return {
      status: verdict.status,
      headers: { 'www-authenticate': `Bearer error="invalid_token", error_description="${verdict.reason}"` },
    };
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
      return sessions.rejection(verdict.reason);
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
    if (request.method !== 'POST') return { ...response, cookies: yield* sessions.formCookies() };
    if (!(yield* sessions.knowsForm(request))) {
      this.#world.journal.step(request.chain, 'does not know the login form it gets back and shows a new one');
      return { status: 302, headers: { location: '/login?reason=unknown-form' } };
    }
    const { user } = request.body as { readonly user: string };
    const cookie = yield* sessions.issue(user);
    const body = { maxAgeMs: this.#options.session!.lifetimeMs };
    return { status: 302, headers: { location: '/app/home' }, cookies: { [SESSION_COOKIE]: cookie }, body };
  }

  /**
   * An operation that has the auth service look at the user's grant first (RFC 7662): it fails with an unexpected error
   * when that does not answer, and sends a user whose grant no longer stands back to the login screen.
   */
  *#portal(request: Request): Process<Response> {
    const sessions = this.#sessions;
    if (sessions === undefined) return { status: 404 };
    const verdict = yield* sessions.open(request);
    if (!verdict.ok) return sessions.rejection(verdict.reason);
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
      return active === true ? yield* this.#work(request) : sessions.rejection('revoked');
    }
    const reason = reply.failure ?? `status ${reply.status}`;
    this.#world.journal.step(request.chain, `answers 502: the auth service gave ${reason}`, { reason });
    return { status: 502 };
  }
}
