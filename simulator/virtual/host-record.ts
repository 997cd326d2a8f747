/**
 * A machine with one service process: what it runs, whether its door is open, what waits while it is paused. Killing
 * its root process ends everything it was doing; its disk stays until it is re-imaged.
 */
import type { HostSpec, Wrap } from '../contract/scenario.ts';
import type { HostFacts } from '../contract/world.ts';
import type { Target } from './kernel.ts';
import type { Listener } from './listener.ts';
import type { ProcessRecord } from './process-record.ts';

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
  disk = new Map<string, unknown>();
  #platform: Readonly<Record<string, string>>;
  #deferred: { kind: number; target: Target }[] = [];

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
  defer(kind: number, target: Target): void {
    this.#deferred.push({ kind, target });
  }

  /** Hands back what waited, in order. */
  takeDeferred(): readonly { kind: number; target: Target }[] {
    const taken = this.#deferred;
    this.#deferred = [];
    return taken;
  }
}
