/**
 * How far a long job has come, on stderr. A terminal sees one line that is drawn again; a file or a pipe gets a line for every
 * 10 % or 10 s. Silent in the first second, for most jobs are done by then.
 */

const SILENT_MS = 1_000;
const REDRAW_MS = 100;
const LINE_EVERY_MS = 10_000;

export interface ProgressOptions {
  readonly quiet: boolean;
  readonly stream?: NodeJS.WriteStream;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

export class Progress {
  readonly #label: string;
  #total: number;
  readonly #stream: NodeJS.WriteStream;
  readonly #quiet: boolean;
  readonly #now: () => number;
  readonly #startedMs: number;
  #done = 0;
  #spokenMs = -Infinity;
  #spokenTenth = 0;
  #drawn = false;
  /** Shows that time goes by while one long run is at work. */
  readonly #timer: NodeJS.Timeout;

  constructor(label: string, total: number, options: ProgressOptions) {
    this.#label = label;
    this.#total = total;
    this.#stream = options.stream ?? process.stderr;
    this.#quiet = options.quiet;
    this.#now = options.now ?? (() => performance.now());
    this.#startedMs = this.#now();
    this.#timer = setInterval(() => this.#speak(), SILENT_MS).unref();
  }

  /** So many more have turned out to be needed. */
  expect(moreCount: number): void {
    this.#total += moreCount;
  }

  /** One more is done. */
  step(): void {
    this.#done++;
    this.#speak();
  }

  #speak(): void {
    const nowMs = this.#now();
    if (this.#quiet || nowMs - this.#startedMs < SILENT_MS) return;
    if (this.#stream.isTTY) this.#redraw(nowMs);
    else this.#addLine(nowMs);
  }

  /** The job is over, or has failed. */
  end(): void {
    clearInterval(this.#timer);
    this.clear();
  }

  /** Wipes the line, so that what is printed next stands alone. */
  clear(): void {
    if (this.#drawn) this.#stream.write('\r\u001b[K');
    this.#drawn = false;
  }

  #redraw(nowMs: number): void {
    if (nowMs - this.#spokenMs < REDRAW_MS && this.#done < this.#total) return;
    this.#spokenMs = nowMs;
    this.#drawn = true;
    this.#stream.write(`\r\u001b[K${this.#text(nowMs)}`);
  }

  #addLine(nowMs: number): void {
    const tenth = Math.floor((this.#done * 10) / this.#total);
    const first = this.#spokenMs === -Infinity;
    const due = tenth > this.#spokenTenth || nowMs - this.#spokenMs >= LINE_EVERY_MS;
    if ((!first && !due) || this.#done === this.#total) return;
    this.#spokenMs = nowMs;
    this.#spokenTenth = tenth;
    this.#stream.write(`${this.#text(nowMs)}\n`);
  }

  #text(nowMs: number): string {
    const share = this.#done / this.#total;
    const elapsedMs = nowMs - this.#startedMs;
    const count = `${this.#label}: ${this.#done} of ${this.#total} runs`;
    if (this.#done === 0) return `${count} (${Math.floor(elapsedMs / 1000)} s)`;
    const left = share >= 1 ? '' : `, about ${Math.ceil((elapsedMs / share - elapsedMs) / 1000)} s left`;
    return `${count} (${Math.floor(share * 100)} %${left})`;
  }
}
