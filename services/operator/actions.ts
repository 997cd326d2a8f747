/** What people and machines can do to a running system: the vocabulary of deploys, scaling events and responses. */

export interface RestartAction {
  readonly kind: 'restart';
  /** A pool, or the instances named. The oldest process is restarted first, as rolling restarts commonly do. */
  readonly pool?: string;
  readonly instances?: readonly string[];
  /** From one instance's restart to the next one's. */
  readonly everyMs: number;
  /** For work in progress. */
  readonly graceMs: number;
}

/** Scale-out: a machine of the cast that was not running yet. */
export interface StartAction {
  readonly kind: 'start';
  readonly instance: string;
}

/** The platform moves a machine to other hardware: it is stopped, re-imaged and started there. */
export interface MoveAction {
  readonly kind: 'move';
  readonly instances: readonly string[];
  readonly downMs: number;
  readonly graceMs: number;
}

/** The platform tells other values from now on; running processes are not touched. */
export interface SetPlatformAction {
  readonly kind: 'set-platform';
  readonly instances: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** A setting changed by an administrative request. */
export interface RequestAction {
  readonly kind: 'request';
  readonly host: string;
  readonly path: string;
  readonly body: unknown;
}

export type Action = RestartAction | StartAction | MoveAction | SetPlatformAction | RequestAction;

/** Actions at a moment, with the words for the timeline. */
export interface DatedActions {
  readonly atMs: number;
  readonly label: string;
  readonly actions: readonly Action[];
}
