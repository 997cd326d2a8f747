/** Questions that facts and measures ask of a record. Counts are by the minute; a span includes every minute it touches. */
import type { Labels } from '../contract/index.ts';
import type { Note, RunRecord, Series } from '../virtual/index.ts';

const MINUTE_MS = 60_000;

export interface Span {
  readonly fromMs: number;
  /** Not included, unless inside a minute that is. */
  readonly untilMs: number;
}

export class RecordView {
  readonly record: RunRecord;

  constructor(record: RunRecord) {
    this.record = record;
  }

  /** Series of this name that carry all these labels. */
  series(name: string, labels: Labels = {}): readonly Series[] {
    const wanted = Object.entries(labels);
    return this.record.series.filter(
      (series) => series.name === name && wanted.every(([label, value]) => series.labels[label] === value),
    );
  }

  total(name: string, labels: Labels = {}, span?: Span): number {
    return this.series(name, labels).reduce((sum, series) => sum + countIn(series, span), 0);
  }

  /** Counts by the minute, all matching series added, to the end of the record. */
  byMinute(name: string, labels: Labels = {}): readonly number[] {
    const sums = new Array<number>(Math.ceil(this.record.endMs / MINUTE_MS) + 1).fill(0);
    for (const series of this.series(name, labels)) {
      series.minutes.forEach((minute, index) => (sums[minute] = sums[minute]! + series.counts[index]!));
    }
    return sums;
  }

  /** Values of a label among matching series, in order of first use. */
  valuesOf(name: string, label: string, labels: Labels = {}): readonly string[] {
    const values = this.series(name, labels).map((series) => series.labels[label]);
    return [...new Set(values.filter((value) => value !== undefined))];
  }

  /** Moment of the first count of any matching series; undefined when none. */
  firstAtMs(name: string, labels: Labels = {}): number | undefined {
    const moments = this.series(name, labels).flatMap((series) => (series.total > 0 ? [series.firstAtMs] : []));
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  lastAtMs(name: string, labels: Labels = {}): number | undefined {
    const moments = this.series(name, labels).flatMap((series) => (series.total > 0 ? [series.lastAtMs] : []));
    return moments.length === 0 ? undefined : Math.max(...moments);
  }

  notes(kind: string): readonly Note[] {
    return this.record.notes.filter((note) => note.kind === kind);
  }

  /** Minutes harmed, over the users of these populations, within a span. */
  disruptedUserMinutes(populations: readonly string[], span?: Span): number {
    let count = 0;
    for (const population of populations) {
      for (const minutes of this.record.harm.get(population)?.values() ?? []) {
        for (const minute of minutes) if (inside(minute, span)) count++;
      }
    }
    return count;
  }

  /** Users of a population with any harm within a span. */
  usersHit(population: string, span?: Span): readonly number[] {
    const hit: number[] = [];
    for (const [user, minutes] of this.record.harm.get(population) ?? []) {
      if ([...minutes].some((minute) => inside(minute, span))) hit.push(user);
    }
    return hit;
  }
}

function countIn(series: Series, span: Span | undefined): number {
  if (span === undefined) return series.total;
  let count = 0;
  for (const [index, minute] of series.minutes.entries()) {
    if (inside(minute, span)) count += series.counts[index]!;
  }
  return count;
}

function inside(minute: number, span: Span | undefined): boolean {
  if (span === undefined) return true;
  return minute >= Math.floor(span.fromMs / MINUTE_MS) && minute < Math.ceil(span.untilMs / MINUTE_MS);
}
