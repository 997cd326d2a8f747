/** Keep-alive connections pinned to an instance: why one browser can talk to two instances at once. */
import type { Request, World } from '../../simulator/contract/index.ts';

interface Pinned {
  readonly instance: string;
  usedAtMs: number;
}

export class Connections {
  readonly #world: World;
  readonly #idleMs: number;
  readonly #pinned = new Map<string, Pinned>();

  constructor(world: World, idleMs: number) {
    this.#world = world;
    this.#idleMs = idleMs;
  }

  /** The instance this connection is open to; undefined when it is new, was idle too long, or the instance is unfit. */
  instanceOf(request: Request, isFit: (instance: string) => boolean): string | undefined {
    const pinned = this.#pinned.get(nameOf(request));
    if (pinned === undefined) return undefined;
    const nowMs = this.#world.clock.nowMs();
    if (nowMs - pinned.usedAtMs > this.#idleMs || !isFit(pinned.instance)) return undefined;
    pinned.usedAtMs = nowMs;
    return pinned.instance;
  }

  pin(request: Request, instance: string): void {
    this.#pinned.set(nameOf(request), { instance, usedAtMs: this.#world.clock.nowMs() });
  }
}

function nameOf(request: Request): string {
  return `${request.source}#${request.connection ?? 0}`;
}
