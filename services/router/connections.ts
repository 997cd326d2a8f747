/** Keep-alive connections pinned to an instance: why one browser can talk to two instances at once. */
import type { Request, World } from '../../simulator/contract/index.ts';

interface Pinned {
  readonly instance: string;
  usedAtMs: number;
}

export class Connections {
  readonly #world: World;
  readonly #idleMs: number;
  /** By source, then by its number there. */
  readonly #pinned = new Map<string, Map<number, Pinned>>();

  constructor(world: World, idleMs: number) {
    this.#world = world;
    this.#idleMs = idleMs;
  }

  /** The instance this connection is open to; undefined when it is new, was idle too long, or the instance is unfit. */
  instanceOf(request: Request, isFit: (instance: string) => boolean): string | undefined {
    const pinned = this.#pinned.get(request.source)?.get(request.connection ?? 0);
    if (pinned === undefined) return undefined;
    const nowMs = this.#world.clock.nowMs();
    if (nowMs - pinned.usedAtMs > this.#idleMs || !isFit(pinned.instance)) return undefined;
    pinned.usedAtMs = nowMs;
    return pinned.instance;
  }

  pin(request: Request, instance: string): void {
    let ofSource = this.#pinned.get(request.source);
    if (ofSource === undefined) this.#pinned.set(request.source, (ofSource = new Map()));
    ofSource.set(request.connection ?? 0, { instance, usedAtMs: this.#world.clock.nowMs() });
  }
}
