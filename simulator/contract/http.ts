/**
 * Requests and responses as services see them. Tokens and cookies are typed members, not header text: in virtual time
 * they are values, over real HTTP the door turns them into headers.
 */
import type { Process } from './process.ts';
import type { SealedCookie, Token } from './seals.ts';

export type Headers = Readonly<Record<string, string>>;

export interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path without the query, beginning with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers?: Headers;
  /** The value of `Authorization: Bearer`. */
  readonly bearer?: Token;
  readonly cookies?: Readonly<Record<string, SealedCookie>>;
  /** A JSON value, never mutated by whoever receives it. */
  readonly body?: unknown;
  /** Who sends, as the first server sees it: an address in real life, a host or user name here. Routers pass it on. */
  readonly source: string;
  /** The keep-alive connection that it travels on, when the sender pins one. Unique per sender. */
  readonly connection?: number;
  /**
   * Identity for random draws: the same intention has the same key in every arm of an experiment, so that switching a
   * mitigation on does not reshuffle latencies and service times. An unsigned 32-bit integer.
   */
  readonly key: number;
  /** Set on requests of an actor whose story somebody wants to read (`explain`): the actor's name. */
  readonly chain?: string;
  /** A measuring request (the attacker's): it passes without taking a worker or a place in a queue. */
  readonly weightless?: boolean;
}

/**
 * What becomes of a response on its way, said once for both runtimes. `deliver` is the default. `refuse`: nothing
 * listens. `reset`: the connection dies before an answer. `hang`: accepted, never answered. `cut`: it dies inside the
 * body. `dribble`: the body takes `dribbleMs` to arrive.
 */
export type Fate = 'deliver' | 'refuse' | 'reset' | 'hang' | 'cut' | 'dribble';

export interface Response {
  readonly status: number;
  readonly headers?: Headers;
  readonly cookies?: Readonly<Record<string, SealedCookie | null>>;
  readonly body?: unknown;
  readonly fate?: Fate;
  /** Only with `dribble`: how long the body takes, in milliseconds. */
  readonly dribbleMs?: number;
}

/** Why a call ended without a whole response. `timeout` says nothing about whether the server did the work. */
export type Failure = 'timeout' | 'refused' | 'reset' | 'cut';

/** What a caller gets: the response, or status 0 and the failure. Failures are values here: they are expected. */
export interface Reply {
  readonly status: number;
  readonly failure?: Failure;
  readonly headers?: Headers;
  readonly cookies?: Readonly<Record<string, SealedCookie | null>>;
  readonly body?: unknown;
}

export type Handler = (request: Request) => Process<Response>;
