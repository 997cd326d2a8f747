/** Whom and when a fault meets: the part of a scenario's fault that is data, and what makes it impossible. */
import { requireDuration, requireNames, requireOption, requireWhole } from './option-check.ts';

/**
 * All conditions must hold. The moment is that at which a request reaches a worker, after any queue; it is judged once:
 * an answer under way when the fault ends still goes its way. A hang accepted before the end stays unanswered until its
 * caller gives up, a delay begun before the end is served in full.
 */
export interface FaultBinding {
  /** Unique within the scenario: its hits are counted under this name. */
  readonly id: string;
  /** Host or pool in whose door it sits. */
  readonly target: string;
  /** Beginnings of paths, each with its slash: `/token` meets `/token` and `/token/revoke`. All paths by default. */
  readonly endpoints?: readonly string[];
  /** Sources as the server sees them, whole (`backend-3`) or by their beginning (`backend-*`). All by default. */
  readonly callers?: readonly string[];
  /** First moment of the fault, in ms of the scenario, 0 or more; included. */
  readonly fromMs: number;
  /** End of the fault, finite and after `fromMs`; not included. */
  readonly untilMs: number;
  /**
   * Share of the matching requests that it meets, 0 to 1; 1 by default. Drawn by the key and the source of the request and
   * by host: the same request has the same luck in each arm of an experiment, and a repetition under the same key
   * meets the same verdict at the same host, so each attempt needs a key of its own.
   */
  readonly chance?: number;
  /** The chance grows evenly from 0 at `fromMs` to `chance` this many ms later. At once by default. */
  readonly rampMs?: number;
  /** Only every k-th matching request, the k-th first; 1 or more. Counted over all hosts of the target, restarts included. */
  readonly everyKth?: number;
  /** Only the next so many of the requests that all the rest lets through, 1 or more; counted likewise. */
  readonly nextCount?: number;
}

/** @throws SimulatorError `bad-scenario` that names the field and the remedy */
export function checkBinding(binding: FaultBinding): void {
  const { id, target, endpoints, callers, chance, rampMs, everyKth, nextCount } = binding;
  requireOption(id !== '', id, 'id', id, 'Give every fault a name of its own.');
  requireOption(target !== '', id, 'target', target, 'Name a host or a pool of the cast.');
  checkMoment(binding);
  if (endpoints !== undefined) {
    requireNames(id, 'endpoints', endpoints, ' or leave it out to meet all paths');
    const bare = endpoints.find((prefix) => !prefix.startsWith('/'));
    requireOption(bare === undefined, id, 'endpoints', bare, 'Begin each path with a slash.');
  }
  if (callers !== undefined) {
    requireNames(id, 'callers', callers, ' or leave it out to meet everybody');
    const odd = callers.find((pattern) => pattern.slice(0, -1).includes('*'));
    requireOption(odd === undefined, id, 'callers', odd, 'Use a star only as the last character.');
  }
  if (chance !== undefined) {
    requireOption(
      chance >= 0 && chance <= 1,
      id,
      'chance',
      chance,
      'Give a share from 0 to 1; divide a percentage by 100.',
    );
  }
  if (rampMs !== undefined) requireDuration(id, 'rampMs', rampMs);
  if (everyKth !== undefined) requireWhole(id, 'everyKth', everyKth, 1, Infinity);
  if (nextCount !== undefined) requireWhole(id, 'nextCount', nextCount, 1, Infinity);
}

function checkMoment({ id, fromMs, untilMs }: FaultBinding): void {
  const begins = Number.isFinite(fromMs) && fromMs >= 0;
  requireOption(begins, id, 'fromMs', fromMs, 'Give the moment it begins, in ms since the scenario began, 0 or more.');
  const remedy = 'Every fault has an end: give untilMs a finite moment after fromMs.';
  requireOption(Number.isFinite(untilMs) && untilMs > fromMs, id, 'untilMs', untilMs, remedy);
}
