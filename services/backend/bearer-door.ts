/** Judges bearer tokens for the routes that need one, words the refusals (RFC 6750), and counts what monitoring asks about. */
import type { Counter, Process, Request, Response, World } from '../../simulator/contract/index.ts';
import type { BackendOptions } from './options.ts';
import type { Rejection, RejectionReason, Verifier } from './verifier/index.ts';

/** Members of the metrics, each since the process started, without measuring requests. */
export const BEARER_REQUESTS = 'bearerRequestCount';
/** Answered 401, whatever the reason. */
export const UNAUTHORIZED = 'unauthorizedCount';
/** Refused, with whatever status, for a reason that is not the token's own: it would pass where the keys are right. */
export const VALID_REFUSED = 'validRefusedCount';

const NOT_THE_TOKENS_FAULT: readonly RejectionReason[] = [
  'keys-unavailable',
  'unknown-kid',
  'ambiguous-kid',
  'not-yet-valid',
];

/** Told with a 503 when nothing else is: as long as users commonly wait before they try again by themselves. */
const RETRY_AFTER_SECONDS = 5;

export class BearerDoor {
  readonly #world: World;
  readonly #verifier: Verifier | undefined;
  readonly #retryAfter: string;
  readonly #actions: Counter | undefined;
  #requestCount = 0;
  #unauthorizedCount = 0;
  #validRefusedCount = 0;

  constructor(world: World, verifier: Verifier | undefined, options: BackendOptions) {
    this.#world = world;
    this.#verifier = verifier;
    this.#retryAfter = String(options.retryAfterSeconds ?? RETRY_AFTER_SECONDS);
    const { unavailableActedAs: mitigation } = options;
    if (mitigation !== undefined) this.#actions = world.journal.counter('mitigation.actions', { mitigation });
  }

  get numbers(): Readonly<Record<string, number>> {
    return {
      [BEARER_REQUESTS]: this.#requestCount,
      [UNAUTHORIZED]: this.#unauthorizedCount,
      [VALID_REFUSED]: this.#validRefusedCount,
    };
  }

  /** Undefined lets it in. */
  *refusal(request: Request): Process<Response | undefined> {
    if (this.#verifier === undefined) return { status: 404 };
    if (request.bearer === undefined) return { status: 401, headers: { 'www-authenticate': 'Bearer' } };
    const verdict = yield* this.#verifier.verify(request.bearer, request);
    if (request.weightless !== true) this.#requestCount++;
    if (verdict.ok) return undefined;
    if (request.weightless !== true) this.#count(verdict);
    const { journal } = this.#world;
    if (journal.follows(request.chain)) {
      journal.step(request.chain, `answers ${verdict.status}: ${verdict.reason}`, { reason: verdict.reason });
    }
    return this.#worded(verdict);
  }

  #count({ status, reason }: Rejection): void {
    if (status === 401) this.#unauthorizedCount++;
    if (status === 503 && reason === 'keys-unavailable') this.#actions?.add();
    if (NOT_THE_TOKENS_FAULT.includes(reason)) this.#validRefusedCount++;
  }

  #worded({ status, reason }: Rejection): Response {
    if (status === 503) return { status, headers: { 'retry-after': this.#retryAfter } };
    const challenge = `Bearer error="invalid_token", error_description="${reason}"`;
    return { status, headers: { 'www-authenticate': challenge } };
  }
}
