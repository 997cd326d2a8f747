/** Up and down and up again: what fools every health check and every retry that tries once. Goes around another fault. */
import type { Handler, Process, Request, Response } from '../../../simulator/contract/index.ts';
import type { FaultAbout, FaultLayer, FaultMechanism, FaultSite } from '../mechanism.ts';
import { requireDuration } from '../option-check.ts';

/** The layer is that of the fault inside; the commonest stands here. */
export const FLAP: FaultAbout = {
  name: 'flap',
  sentence: 'Another fault comes and goes in turns.',
  source: 'Napta, 19 December 2025: the provider was "temporarily unreachable or unstable"',
  layer: 'listener',
};

export interface FlapOptions {
  /** How long all is well, in ms, above 0. */
  readonly upMs: number;
  /** How long the fault acts, in ms, above 0. */
  readonly downMs: number;
}

/** Begins down, at the binding's `fromMs`. Rhythm and conditions of the binding both apply. */
export function flap(options: FlapOptions, mechanism: FaultMechanism): FaultMechanism {
  requireDuration('flap', 'upMs', options.upMs);
  requireDuration('flap', 'downMs', options.downMs);
  return new Flap(options, mechanism);
}

class Flap implements FaultMechanism {
  readonly name: string = FLAP.name;
  readonly sentence: string = FLAP.sentence;
  readonly source: string = FLAP.source;
  readonly layer: FaultLayer;
  readonly deed: string;
  readonly #mechanism: FaultMechanism;
  readonly #downUs: number;
  readonly #periodUs: number;

  constructor({ upMs, downMs }: FlapOptions, mechanism: FaultMechanism) {
    this.layer = mechanism.layer;
    this.deed = `${mechanism.deed}, on and off`;
    this.#mechanism = mechanism;
    this.#downUs = Math.round(downMs * 1000);
    this.#periodUs = Math.round((upMs + downMs) * 1000);
  }

  acts(sinceFromMs: number): boolean {
    const down = Math.round(sinceFromMs * 1000) % this.#periodUs < this.#downUs;
    return down && this.#mechanism.acts?.(sinceFromMs) !== false;
  }

  answer(inner: Handler, request: Request, site: FaultSite): Process<Response> {
    return this.#mechanism.answer(inner, request, site);
  }
}
