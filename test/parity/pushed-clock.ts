/** Time that tests can push, for libraries that keep theirs by `Date.now`, `performance.now` or `process.hrtime`. */

/** Real time with an offset; timers stay real, so network time-outs take their time. */
export class PushedClock {
  readonly #dateNow = Date.now;
  readonly #performanceNow = performance.now.bind(performance);
  readonly #hrtime = process.hrtime;
  #offsetMs = 0;

  install(): void {
    Date.now = () => this.#dateNow.call(Date) + this.#offsetMs;
    performance.now = () => this.#performanceNow() + this.#offsetMs;
    process.hrtime = Object.assign((since?: [number, number]) => this.#pushed(since), {
      bigint: () => this.#hrtime.bigint() + BigInt(this.#offsetMs) * 1_000_000n,
    });
  }

  uninstall(): void {
    Date.now = this.#dateNow;
    performance.now = this.#performanceNow;
    process.hrtime = this.#hrtime;
  }

  /** @param seconds whole ones */
  push(seconds: number): void {
    this.#offsetMs += seconds * 1000;
  }

  #pushed(since: [number, number] = [0, 0]): [number, number] {
    const [seconds, nanoseconds] = this.#hrtime(since);
    return [seconds + this.#offsetMs / 1000, nanoseconds];
  }
}
