/** How the line at a door is kept. All of it can be combined; each part says whose mitigation it is, if it is one. */
import type { LimitRule } from './limits/index.ts';
import type { LimitPresetName } from './presets/index.ts';

interface Acting {
  /** The mitigation under test that this is; left out for what belongs to the play. */
  readonly actedAs?: string;
}

export interface LineOptions {
  /** Places in the line, beside the workers; those of the capacity when left out. */
  readonly queueLimit?: number;
  /** Judged one after the other when somebody comes. */
  readonly limits?: readonly LineLimit[];
  readonly turns?: Turns;
  readonly bulkheads?: Bulkheads;
  readonly delay?: DelayControl;
}

/** Whoever comes while as many are in the service as the rule permits is turned away. */
export interface LineLimit extends Acting {
  /** A preset by name, or its own numbers. */
  readonly rule: LimitRule | LimitPresetName;
  readonly status: 429 | 503;
  readonly retryAfterSeconds?: number;
  /** Paths, by their beginning, that are let in and counted, never turned away. None by default. */
  readonly exempt?: readonly string[];
}

/** Sessions before sign-ins before background; when the line is full the least important that came last is turned away. */
export interface Turns extends Acting {
  readonly kind: 'priority';
  /** Told to those turned away with 503. */
  readonly retryAfterSeconds: number;
}

/** Each flow has places of its own, and flows take turns at the workers. */
export interface Bulkheads extends Acting {
  /** Workers that one flow may hold, as a share of all; at least one. */
  readonly workersRatio: number;
  /** Places that one flow may take in the line, as a share of all; at least one. */
  readonly placesRatio: number;
}

/**
 * Adaptive LIFO with controlled delay: who came when the line had not been empty for `intervalMs` may wait `targetMs`, others
 * `intervalMs`; as long as the line does not empty, the newest is taken first.
 */
export interface DelayControl extends Acting {
  readonly targetMs: number;
  readonly intervalMs: number;
}
