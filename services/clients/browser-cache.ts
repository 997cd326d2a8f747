/** The HTTP cache of one browser, for documents that pages fetch: what it holds it uses, as long as it was told it may. */
import type { Reply } from '../../simulator/contract/index.ts';

interface Kept {
  readonly reply: Reply;
  readonly untilMs: number;
}

export class BrowserCache {
  readonly #kept = new Map<string, Kept>();

  /** What is still fresh; undefined calls for a fetch. */
  find(url: string, nowMs: number): Reply | undefined {
    const kept = this.#kept.get(url);
    return kept !== undefined && nowMs < kept.untilMs ? kept.reply : undefined;
  }

  /** Keeps a good answer for `max-age` less the age that it has already (RFC 9111 4.2); without one it is not kept. */
  keep(url: string, reply: Reply, nowMs: number): void {
    if (reply.status !== 200) return;
    const { 'cache-control': control = '', age = '0' } = reply.headers ?? {};
    const told = /(?:^|[,\s])max-age=(\d+)/.exec(control)?.[1];
    if (told === undefined) return;
    const untilMs = nowMs + 1000 * (Number(told) - Number(age));
    if (untilMs > nowMs) this.#kept.set(url, { reply, untilMs });
  }
}
