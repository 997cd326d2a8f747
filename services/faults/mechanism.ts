/**
 * What a fault does, apart from whom and when: one mechanism is one file in `mechanisms/`. A binding (`binding.ts`) says
 * where it sits and whom it meets; the mechanism only answers the requests that the binding gives it.
 */
import type { Draws, Handler, Process, Request, Response, World } from '../../simulator/contract/index.ts';

/**
 * Where on the way of a request a fault sits, outermost first: the door, the way to a worker, the answer's status and
 * bytes, the document in it, the token in that. Overlapping faults are ordered by layer, so a combination has one meaning.
 */
export const FAULT_LAYERS = ['listener', 'admission', 'response', 'document', 'token'] as const;

export type FaultLayer = (typeof FAULT_LAYERS)[number];

/** What a list of faults says of one. */
export interface FaultAbout {
  /** Its file in `mechanisms/`. */
  readonly name: string;
  /** One sentence: what it does. */
  readonly sentence: string;
  /** Where it happened: a public report or thread (`owner/repository#number`). */
  readonly source: string;
  readonly layer: FaultLayer;
}

/** What a mechanism finds at the door it sits in. Made once each time a host opens its door. */
export interface FaultSite {
  readonly world: World;
  /** For sizes that vary by request; keyed by the fault and the host. */
  readonly draws: Draws;
  /** What the fault remembers. Begins empty in each run, survives restarts, shared by all hosts of the target. */
  readonly memory: Map<string, unknown>;
  /** To be called once for each request whose answer the fault changes: counts the hit and tells a followed request. */
  felt(request: Request): void;
}

export interface FaultMechanism extends FaultAbout {
  /** Plain words for a report, behind the name of a host: "refuses the connection". */
  readonly deed: string;
  /** Whether it acts this long after the fault began, in milliseconds. Always, when left out. */
  acts?(sinceFromMs: number): boolean;
  /**
   * Answers a request that the binding has chosen. It may leave `inner` out, as a broken gateway does, or ask it and change
   * the answer; it never mutates what `inner` returns.
   *
   * **Gotcha.** A text as `Response.body` stands for the bytes as they are (HTML, broken JSON), not for a JSON string.
   */
  answer(inner: Handler, request: Request, site: FaultSite): Process<Response>;
}
