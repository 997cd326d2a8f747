/**
 * Admission control of Envoy: while too few requests succeed, some are refused at the door, at most so many. What the service
 * never got, because its accept queue overflowed, was no failure that this could see.
 */
import { power, type Draws, type Request, type Response, type World } from '../../../simulator/contract/index.ts';
import { overloaded } from '../answers.ts';
import { Deed } from '../deed.ts';
import type { Guard } from './guard.ts';
import type { SuccessRate } from './options.ts';

const REFUSED: Response = overloaded(503);

interface Outcome {
  readonly atMs: number;
  readonly isGood: boolean;
}

export class SuccessRateGuard implements Guard {
  readonly #world: World;
  readonly #options: SuccessRate;
  readonly #draws: Draws;
  readonly #deed: Deed | undefined;
  #outcomes: Outcome[] = [];
  #goodCount = 0;
  #judgedCount = 0;

  constructor(world: World, options: SuccessRate) {
    this.#world = world;
    this.#options = options;
    this.#draws = world.draws('admission/success-rate');
    this.#deed = Deed.of(world, options.actedAs);
  }

  judge(request: Request): Response | undefined {
    const probability = this.#rejectionRatio();
    const isRefused = probability > 0 && this.#draws.chance(probability, request.key, this.#judgedCount++);
    if (!isRefused) return undefined;
    this.#deed?.done();
    return REFUSED;
  }

  readonly learn = (_request: Request, { status, fate = 'deliver' }: Response): void => {
    const isGood = status < 500 && fate === 'deliver';
    this.#outcomes.push({ atMs: this.#world.clock.nowMs(), isGood });
    if (isGood) this.#goodCount++;
  };

  /** max(0, (n − ok/threshold) / (n + 1)) to the power of 1/aggression. */
  #rejectionRatio(): number {
    this.#forget();
    const { thresholdRatio, aggression, maxRejectionRatio } = this.#options;
    const total = this.#outcomes.length;
    const base = Math.max(0, (total - this.#goodCount / thresholdRatio) / (total + 1));
    return Math.min(maxRejectionRatio, base === 0 ? 0 : power(base, 1 / aggression));
  }

  #forget(): void {
    const fromMs = this.#world.clock.nowMs() - this.#options.windowMs;
    let old = 0;
    for (; old < this.#outcomes.length && this.#outcomes[old]!.atMs < fromMs; old++) {
      if (this.#outcomes[old]!.isGood) this.#goodCount--;
    }
    if (old > 0) this.#outcomes = this.#outcomes.slice(old);
  }
}
