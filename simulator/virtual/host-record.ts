/**
 * A machine with one service process: what it runs, whether its door is open, what waits while it is paused. Killing
 * its root process ends everything it was doing; its disk stays until it is re-imaged.
 */
import type { HostSpec, Wrap } from '../contract/scenario.ts';
import type { HostFacts } from '../contract/world.ts';
import type { Target } from './kernel.ts';
import type { Departure } from './departure.ts';
import type { Listener } from './listener.ts';
import type { ProcessRecord } from './process-record.ts';

/** An event that waits for its paused host. */
export interface HeldEvent {
  readonly kind: number;
  readonly target: Target;
}

export type HostState = 'running' | 'stopping' | 'stopped';

export class HostRecord implements HostFacts {
  readonly index: number;
  readonly spec: HostSpec;
  readonly name: string;
  readonly pool: string;
  readonly zone: string;
  /** Fault wraps bound to this host, outermost first; set before the run. */
  faultWraps: readonly Wrap[] = [];
  state: HostState = 'stopped';
  paused = false;
  incarnation = 0;
  startedAtUs = 0;
  root: ProcessRecord | undefined = undefined;
  listener: Listener | undefined = undefined;
  /** Set while the host drains. */
  departure: Departure | undefined = undefined;
  disk = new Map<string, unknown>();
  #platform: Readonly<Record<string, string>>;
  #held: HeldEvent[] = [];

  constructor(index: number, spec: HostSpec) {
    this.index = index;
    this.spec = spec;
    this.name = spec.name;
    this.pool = spec.pool;
    this.zone = spec.zone ?? 'lan';
    this.#platform = spec.platform ?? {};
  }

  platform(name: string): string {
    return this.#platform[name] ?? '';
  }

  setPlatform(values: Readonly<Record<string, string>>): void {
    this.#platform = { ...this.#platform, ...values };
  }

  /** Keeps an event for when the host is resumed. */
  hold(kind: number, target: Target): void {
    this.#held.push({ kind, target });
  }

  /** Hands back what waited, in order. */
  takeHeld(): readonly HeldEvent[] {
    const taken = this.#held;
    this.#held = [];
    return taken;
  }
}
