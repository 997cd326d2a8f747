/** The record of a run in virtual time: notes, counters by the minute, the harm ledger, one followed story. */
import type { Counter, Journal, Labels, NoteDetail, Timing } from '../contract/journal.ts';
import type { Kernel } from './kernel.ts';
import { Story } from './story.ts';

const MINUTE_US = 60_000_000;

export interface Note {
  readonly atMs: number;
  readonly host: string;
  readonly kind: string;
  readonly detail: NoteDetail;
}

export interface Step {
  readonly atMs: number;
  readonly host: string;
  readonly chain: string;
  readonly text: string;
  readonly detail: NoteDetail;
  /** The followed call that was being handled; null for the actor's own words. */
  readonly call: number | null;
}

/** One counter or timing: counts by the minute since the scenario began. */
export class Series implements Counter, Timing {
  readonly name: string;
  readonly labels: Labels;
  readonly #kernel: Kernel;
  total = 0;
  sumMs = 0;
  firstAtMs = -1;
  lastAtMs = -1;
  /** Minutes with a count, ascending, and the counts: sparse, since a scenario may jump over weeks. */
  readonly minutes: number[] = [];
  readonly counts: number[] = [];
  /** Of a timing: how many durations fell into each quarter octave of microseconds. */
  readonly buckets: number[] = [];

  constructor(kernel: Kernel, name: string, labels: Labels) {
    this.#kernel = kernel;
    this.name = name;
    this.labels = labels;
  }

  add(count = 1): void {
    const nowUs = this.#kernel.nowUs;
    const minute = Math.floor(nowUs / MINUTE_US);
    const last = this.minutes.length - 1;
    if (last >= 0 && this.minutes[last] === minute) {
      this.counts[last] = this.counts[last]! + count;
    } else {
      this.minutes.push(minute);
      this.counts.push(count);
    }
    this.total += count;
    this.lastAtMs = nowUs / 1000;
    if (this.firstAtMs < 0) this.firstAtMs = this.lastAtMs;
  }

  observe(durationMs: number): void {
    this.add();
    this.sumMs += durationMs;
    const bucket = bucketOf(durationMs * 1000);
    while (this.buckets.length <= bucket) this.buckets.push(0);
    this.buckets[bucket] = this.buckets[bucket]! + 1;
  }
}

/** Four buckets an octave: bucket b covers 2^⌊b/4⌋ · [1 + (b mod 4)/4, 1 + (b mod 4 + 1)/4) µs. Capped at 35 minutes. */
function bucketOf(durationUs: number): number {
  const us = Math.max(4, Math.min(0x7fffffff, Math.floor(durationUs)));
  const octave = 31 - Math.clz32(us);
  return octave * 4 + ((us >>> (octave - 2)) & 3);
}

export class Recorder {
  readonly notes: Note[] = [];
  readonly steps: Step[] = [];
  /** Minutes by population and user, in order of first harm. */
  readonly harm = new Map<string, Map<number, Set<number>>>();
  readonly #kernel: Kernel;
  readonly #series = new Map<string, Series>();
  /** Of the followed actor; undefined when nobody is. */
  readonly story: Story | undefined;

  /** @param followed the actor whose steps are kept, if anybody's */
  constructor(kernel: Kernel, followed: string | undefined) {
    this.#kernel = kernel;
    this.story = followed === undefined ? undefined : new Story(kernel, followed);
  }

  get series(): readonly Series[] {
    return [...this.#series.values()];
  }

  /** The journal of one start of a host. */
  forHost(host: string): Journal {
    const { story } = this;
    story?.started(host);
    return {
      note: (kind, detail = {}) => void this.notes.push({ atMs: this.#kernel.nowUs / 1000, host, kind, detail }),
      counter: (name, labels = {}) => this.#seriesOf(name, labels),
      timing: (name, labels = {}) => this.#seriesOf(name, labels),
      disrupted: (population, user, fromMs, toMs) => this.#disrupted(population, user, fromMs, toMs),
      follows: (chain) => chain !== undefined && chain === story?.followed,
      step: (chain, text, detail = {}) => {
        if (chain === undefined || chain !== story?.followed) return;
        const call = story.callServedBy(this.#kernel.current);
        this.steps.push({ atMs: this.#kernel.nowUs / 1000, host, chain, text, detail, call });
      },
    };
  }

  #seriesOf(name: string, labels: Labels): Series {
    const key = `${name}{${Object.entries(labels)
      .map(([label, value]) => `${label}=${value}`)
      .join(',')}}`;
    let series = this.#series.get(key);
    if (series === undefined) this.#series.set(key, (series = new Series(this.#kernel, name, labels)));
    return series;
  }

  #disrupted(population: string, user: number, fromMs: number, toMs: number): void {
    let users = this.harm.get(population);
    if (users === undefined) this.harm.set(population, (users = new Map()));
    let minutes = users.get(user);
    if (minutes === undefined) users.set(user, (minutes = new Set()));
    const last = Math.floor(Math.max(fromMs, toMs) / 60_000);
    for (let minute = Math.floor(fromMs / 60_000); minute <= last; minute++) minutes.add(minute);
  }
}
