/** Slowness inside the server: it holds a worker, so that others come to wait too. Slowness of the way there is a link's. */
import type { Handler, Process, Request, Response } from '../../../simulator/contract/index.ts';
import type { FaultAbout, FaultLayer, FaultMechanism, FaultSite } from '../mechanism.ts';
import { requireDuration, requireOption } from '../option-check.ts';

export const SLOW: FaultAbout = {
  name: 'slow',
  sentence: 'The server takes longer before it begins to work on the request.',
  source: "actions/runner#1466: the token issuer's keys came later than a cloud provider's limit of 5 s, daily",
  layer: 'admission',
};

export interface SlowOptions {
  /** The constant part of the delay, in ms, above 0. */
  readonly delayMs: number;
  /** Mean of an exponential part on top, in ms, keyed by the request. 0 by default. */
  readonly jitterMeanMs?: number;
}

/** A delay that has begun is served in full, also past the end of the fault. */
export function slow(options: SlowOptions): FaultMechanism {
  const { delayMs, jitterMeanMs = 0 } = options;
  requireDuration('slow', 'delayMs', delayMs);
  const holds = Number.isFinite(jitterMeanMs) && jitterMeanMs >= 0;
  requireOption(holds, 'slow', 'jitterMeanMs', jitterMeanMs, 'Give a finite mean in milliseconds, 0 or more.');
  return new Slow(delayMs, jitterMeanMs);
}

class Slow implements FaultMechanism {
  readonly name: string = SLOW.name;
  readonly sentence: string = SLOW.sentence;
  readonly source: string = SLOW.source;
  readonly layer: FaultLayer = SLOW.layer;
  readonly deed: string;
  readonly #delayMs: number;
  readonly #jitterMeanMs: number;

  constructor(delayMs: number, jitterMeanMs: number) {
    this.#delayMs = delayMs;
    this.#jitterMeanMs = jitterMeanMs;
    this.deed = `takes ${delayMs} ms${jitterMeanMs > 0 ? ' and more' : ''} longer`;
  }

  *answer(inner: Handler, request: Request, site: FaultSite): Process<Response> {
    site.felt(request);
    const jitterMs = this.#jitterMeanMs > 0 ? site.draws.exponential(this.#jitterMeanMs, request.key) : 0;
    yield* site.world.timers.sleep(this.#delayMs + jitterMs);
    return yield* inner(request);
  }
}
