/** Reads uniFLOW's record: spans of interest, who was hit, which instances rejected what, in words for the facts. */
import { clockTime, type RecordView, type Span } from '../../simulator/experiment/index.ts';
import { clock, CYCLE_FROM_MS, CYCLE_UNTIL_MS, T0_MS } from './clock.ts';
import { stampOf } from './system.ts';

export const EU_POPULATIONS = ['admins', 'end-users'] as const;

export const BEFORE: Span = { fromMs: 0, untilMs: T0_MS };
/** From the scaling event to the beginning of the cycle: while nothing but the users reacts. */
export const UNTOUCHED: Span = { fromMs: T0_MS, untilMs: CYCLE_FROM_MS };
/** From the scaling event to the end of the cycle. */
export const TROUBLE: Span = { fromMs: T0_MS, untilMs: CYCLE_UNTIL_MS };

export const REJECTED_PAGE = { request: 'page', outcome: 'login-redirect' } as const;

export const time = (atMs: number | undefined): string =>
  atMs === undefined ? 'never' : clockTime(clock, atMs, { seconds: true });

export const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`;

export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** A span at one stamp only, named by its balancer. */
export interface StampSpan extends Span {
  readonly edge?: string;
}

/**
 * Rejections of sessions in a span, EU populations together.
 * @param streak only those that were the first (`1`), second, or a later (`3+`) one since the user last had a page
 */
export function rejections(view: RecordView, span: StampSpan, streak?: '1' | '2' | '3+'): number {
  const labels = {
    ...(span.edge === undefined ? {} : { edge: span.edge }),
    ...(streak === undefined ? {} : { streak }),
  };
  return sumEu((population) => view.total('browser.rejections', { ...labels, population }, span));
}

export function sumEu(count: (population: string) => number): number {
  return EU_POPULATIONS.reduce((sum, population) => sum + count(population), 0);
}

/** Users hit within a span, as a share of those who had come by its end. */
export function hitShare(view: RecordView, populations: readonly string[], span: Span): HitShare {
  let hit = 0;
  let came = 0;
  for (const population of populations) {
    hit += view.usersHit(population, span).length;
    came += view.total('browser.visits', { population }, { fromMs: 0, untilMs: span.untilMs });
  }
  return { hit, came, ratio: share(hit, came) };
}

export interface HitShare {
  readonly hit: number;
  readonly came: number;
  readonly ratio: number;
}

/** Instances that the platform moved within a span. */
export function moved(view: RecordView, { fromMs, untilMs }: Span): readonly string[] {
  const notes = view.notes('orchestrator.moved').filter(({ atMs }) => atMs >= fromMs && atMs < untilMs);
  return notes.map(({ detail }) => String(detail['instance']));
}

/** What each instance had derived its session key from, by its last start before a moment. */
export function keySources(view: RecordView, beforeMs: number): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const { atMs, host, detail } of view.notes('session.key-derived')) {
    if (atMs < beforeMs) sources.set(host, String(detail['from']));
  }
  return sources;
}

/** Stamps whose instances held different keys at a moment. */
export function partedStamps(sources: ReadonlyMap<string, string>): ReadonlySet<string> {
  const bySource = new Map<string, string>();
  const parted = new Set<string>();
  for (const [instance, source] of sources) {
    const stamp = stampOf(instance);
    const known = bySource.get(stamp);
    if (known !== undefined && known !== source) parted.add(stamp);
    bySource.set(stamp, source);
  }
  return parted;
}

/** Rejected pages in a span, by answering instance. */
export function rejectionsByInstance(view: RecordView, span: Span): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const instance of view.valuesOf('user.attempts', 'instance', REJECTED_PAGE)) {
    const count = view.total('user.attempts', { ...REJECTED_PAGE, instance }, span);
    if (count > 0) counts.set(instance, count);
  }
  return counts;
}
