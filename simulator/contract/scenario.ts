/**
 * A play as a value: who stands on the stage, with which options, which faults come when. A mitigation is a function
 * from scenario to scenario, so two arms of an experiment differ by nothing else.
 */
import type { Handler } from './http.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** A kind of service: its main process, run anew at every start of the host. */
export interface Role<O> {
  readonly name: string;
  /** Gets `world.hosts`. */
  readonly privileged?: boolean;
  /**
   * Sets up and opens the door. When it returns, the host goes on serving with its child processes; when it returns
   * `exit`, the process ends (crash on purpose) and stays down until somebody starts the host again.
   */
  readonly main: (world: World, options: O) => Process<void | 'exit'>;
}

/** Handler to handler, made once when a host opens its door. Faults and request-level mitigations have this shape. */
export type Wrap = (inner: Handler, world: World) => Handler;

export interface HostSpec<O = unknown> {
  readonly name: string;
  /** The group that a router or an orchestrator addresses it by. */
  readonly pool: string;
  readonly role: Role<O>;
  readonly options: O;
  /** Outermost first. */
  readonly wraps?: readonly Wrap[];
  /** Where it stands, for latency. 'lan' by default. */
  readonly zone?: string;
  readonly platform?: Readonly<Record<string, string>>;
  /** When it starts, in ms of the scenario; `never` leaves it to an orchestrator. 0 by default. */
  readonly startAtMs?: number | 'never';
  /** How far its wall clock is ahead (negative: behind), in ms. 0 by default. */
  readonly clockErrorMs?: number;
}

/** A fault bound to a place and a time. `wrap` counts its own hits under `fault.hits{fault=id}`. */
export interface FaultSpec {
  readonly id: string;
  /** Name of the mechanism, one of the fault files. */
  readonly mechanism: string;
  /** Host name or pool whose door it sits in. */
  readonly target: string;
  readonly fromMs: number;
  /** Always finite: every fault has an end. */
  readonly untilMs: number;
  readonly wrap: Wrap;
  /** One line for reports: what it does to whom. */
  readonly sentence: string;
}

export interface LinkSpec {
  /** One-way latency: a constant part and the mean of an exponential part, in ms. */
  readonly baseMs: number;
  readonly jitterMeanMs: number;
  /** Share of connection attempts lost; each is tried again by TCP after 1, 2, 4 … s. 0 by default. */
  readonly lossRatio?: number;
}

export interface Window {
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface Scenario {
  readonly id: string;
  readonly cast: readonly HostSpec[];
  readonly faults: readonly FaultSpec[];
  /** Keyed `zone>zone`; `default` for the rest. */
  readonly links: Readonly<Record<string, LinkSpec>>;
  /** When anything is observed; the time between windows is jumped by periodic work. In order, not overlapping. */
  readonly windows: readonly Window[];
  readonly endMs: number;
}

/** Builds a typed entry of the cast; the role checks the options, the list forgets the type. */
export function cast<O>(spec: HostSpec<O>): HostSpec {
  return spec as unknown as HostSpec;
}

/** A copy of the scenario in which every host of this role has changed options. */
export function withRole<O>(scenario: Scenario, role: Role<O>, change: (options: O, host: HostSpec<O>) => O): Scenario {
  return { ...scenario, cast: scenario.cast.map((host) => changed(host, role, change)) };
}

function changed<O>(host: HostSpec, role: Role<O>, change: (options: O, host: HostSpec<O>) => O): HostSpec {
  if ((host.role as unknown) !== role) return host;
  const typed = host as unknown as HostSpec<O>;
  return cast({ ...typed, options: change(typed.options, typed) });
}

/** The hosts of a role, with their options typed. */
export function hostsOf<O>(scenario: Scenario, role: Role<O>): readonly HostSpec<O>[] {
  return scenario.cast.filter((host) => (host.role as unknown) === role) as unknown as readonly HostSpec<O>[];
}
