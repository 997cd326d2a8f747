/** What a run cost its users and its auth service, as numbers, from the record alone (design: measures). */
import type { RecordView, Span } from './record-view.ts';
import { wilson } from './statistics/wilson.ts';

const MINUTE_MS = 60_000;
/** A bad window: this long, with at least so many intentions, and a failed share surely above the limit. */
const WINDOW_MINUTES = 10;
const WINDOW_INTENTIONS = 20;
const BAD_SHARE = 0.01;

export interface Measures {
  /** One user, one minute, in which an intended action failed, hung, or the user was signed out against their will. */
  readonly disruptedUserMinutes: number;
  readonly usersHit: number;
  readonly intentions: number;
  readonly failedIntentions: number;
  /** Sign-ins that users had to repeat because their session was taken from them. */
  readonly forcedSignIns: number;
  readonly signOuts: number;
  /** All sign-ins, forced or not. */
  readonly signIns: number;
  readonly signInSuccessRatio: number | null;
  /** Requests at the shared auth resource since T0, and its busiest minute as a share of capacity. */
  readonly authRequests: number;
  readonly authPeakRatio: number;
  /** Requests turned away at the edge by a rate limit. */
  readonly rateLimited: number;
  /** Times that an alert woke somebody. */
  readonly pages: number;
  /** From T0 until somebody is paged or acts; null when nobody noticed. */
  readonly timeToDetectMs: number | null;
  /**
   * From T0 to the last failures of the last bad window; null when still bad at the horizon, 0 when never bad since T0. The
   * horizon is the end of the stretch of time in which T0 lies: a recurrence weeks later is trouble anew. What somebody who
   * has given up still meant to do has failed, too: who drives users away does not recover sooner.
   */
  readonly timeToRecoverMs: number | null;
  /** Of good answers in the whole run, up to 25 % too high; null without any. */
  readonly goodLatencyP50Ms: number | null;
  readonly goodLatencyP99Ms: number | null;
  /** Instances that answered 401, a redirect to the login or 5xx; who did not answer at all has no name here. */
  readonly instancesWithFailures: number;
}

export interface MeasureInput {
  readonly view: RecordView;
  readonly populations: readonly string[];
  readonly t0Ms: number;
  /** Until when recovery is looked for: the end of the window of the play in which T0 lies. */
  readonly horizonMs: number;
  readonly authCounter: string;
  readonly authCapacityPerSecond: number;
}

export function measure(input: MeasureInput): Measures {
  const { view, populations, t0Ms } = input;
  const span: Span = { fromMs: t0Ms, untilMs: view.record.endMs };
  const sum = (name: string, labels: Record<string, string> = {}): number =>
    populations.reduce((total, population) => total + view.total(name, { ...labels, population }, span), 0);
  const signIns = sum('user.sign-ins');
  const auth = view.byMinute(input.authCounter).slice(Math.floor(t0Ms / MINUTE_MS));
  return {
    disruptedUserMinutes: view.disruptedUserMinutes(populations, span),
    usersHit: populations.reduce((count, population) => count + view.usersHit(population, span).length, 0),
    intentions: sum('user.intentions'),
    failedIntentions: sum('user.intentions-failed'),
    forcedSignIns: sum('user.sign-ins', { forced: 'yes' }),
    signOuts: sum('user.sign-outs'),
    signIns,
    signInSuccessRatio: signIns === 0 ? null : 1 - sum('user.sign-ins-failed') / signIns,
    authRequests: view.total(input.authCounter, {}, span),
    authPeakRatio: Math.max(0, ...auth) / 60 / input.authCapacityPerSecond,
    rateLimited: view.total('edge.rate-limited', {}, span),
    pages: view.notes('operator.paged').filter((note) => note.atMs >= t0Ms).length,
    timeToDetectMs: timeToDetect(view, t0Ms),
    timeToRecoverMs: timeToRecover(view, populations, { fromMs: t0Ms, untilMs: input.horizonMs }),
    goodLatencyP50Ms: latencyQuantile(view, populations, 0.5),
    goodLatencyP99Ms: latencyQuantile(view, populations, 0.99),
    instancesWithFailures: instancesWithFailures(view, populations, span),
  };
}

/** Somebody was paged, or acted: at the published moment, or upon reports. What nobody acts on is not detected. */
function timeToDetect(view: RecordView, t0Ms: number): number | null {
  const moments = [...view.notes('operator.paged'), ...view.notes('operator.acted')].map((note) => note.atMs);
  const since = moments.filter((atMs) => atMs >= t0Ms);
  // An alert on the cause can come before the first user is hit: that is detection at once, unless it had cleared again.
  if (hasStandingPage(view, t0Ms)) return 0;
  return since.length === 0 ? null : Math.min(...since) - t0Ms;
}

/** Whether somebody had been paged at this moment by an alert that had not cleared since. */
function hasStandingPage(view: RecordView, atMs: number): boolean {
  const clears = view.notes('operator.all-clear');
  return view.notes('operator.paged').some((page) => {
    const cleared = clears.some((clear) => {
      return clear.detail['alert'] === page.detail['alert'] && clear.atMs >= page.atMs && clear.atMs < atMs;
    });
    return page.atMs < atMs && !cleared;
  });
}

function timeToRecover(view: RecordView, populations: readonly string[], span: Span): number | null {
  const t0Ms = span.fromMs;
  const minutes = Math.floor(span.untilMs / MINUTE_MS);
  const planned = summed(view, 'user.intentions', populations);
  const failed = summed(view, 'user.intentions-failed', populations);
  let lastBadEnd = -1;
  for (let end = Math.floor(t0Ms / MINUTE_MS) + 1; end <= minutes; end++) {
    if (isBad(planned, failed, end - WINDOW_MINUTES, end)) lastBadEnd = end;
  }
  if (lastBadEnd < 0) return 0;
  if (lastBadEnd >= minutes) return null;
  // The window is bad for its last failures: the trouble ended with them, not with the window.
  let minute = lastBadEnd - 1;
  while (minute > lastBadEnd - WINDOW_MINUTES && failed[minute] === 0) minute--;
  return Math.max(0, (minute + 1) * MINUTE_MS - t0Ms);
}

function summed(view: RecordView, name: string, populations: readonly string[]): readonly number[] {
  const lists = populations.map((population) => view.byMinute(name, { population }));
  return (lists[0] ?? []).map((_, minute) => lists.reduce((sum, list) => sum + (list[minute] ?? 0), 0));
}

function isBad(planned: readonly number[], failed: readonly number[], from: number, end: number): boolean {
  let intentions = 0;
  let failures = 0;
  for (let minute = Math.max(0, from); minute < end; minute++) {
    intentions += planned[minute] ?? 0;
    failures += failed[minute] ?? 0;
  }
  // A failure can be counted a minute after its intention.
  return intentions >= WINDOW_INTENTIONS && wilson(Math.min(failures, intentions), intentions, 0.95).low > BAD_SHARE;
}

/** Of the whole run; at the upper edge of its bucket, which is at most 1.25 times the lower one (quarters of an octave). */
function latencyQuantile(view: RecordView, populations: readonly string[], quantile: number): number | null {
  const buckets: number[] = [];
  for (const population of populations) {
    for (const series of view.series('user.latency', { population })) {
      series.buckets.forEach((count, index) => (buckets[index] = (buckets[index] ?? 0) + count));
    }
  }
  const total = buckets.reduce((sum, count) => sum + (count ?? 0), 0);
  if (total === 0) return null;
  let seen = 0;
  for (let index = 0; index < buckets.length; index++) {
    seen += buckets[index] ?? 0;
    if (seen >= total * quantile) return upperEdgeMs(index);
  }
  return null;
}

function upperEdgeMs(bucket: number): number {
  const octave = Math.floor(bucket / 4);
  return ((1 << octave) * (1 + ((bucket % 4) + 1) / 4)) / 1000;
}

function instancesWithFailures(view: RecordView, populations: readonly string[], span: Span): number {
  const ill = new Set<string>();
  for (const population of populations) {
    for (const outcome of ['unauthorized', 'login-redirect', 'server-error']) {
      for (const instance of view.valuesOf('user.attempts', 'instance', { population, outcome })) {
        if (view.total('user.attempts', { population, outcome, instance }, span) > 0) ill.add(instance);
      }
    }
  }
  ill.delete('none');
  return ill.size;
}
