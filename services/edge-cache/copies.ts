/** The copies that an edge cache holds, by location and document, and what becomes of one as it grows old. */
import type { Request, Response } from '../../simulator/contract/index.ts';
import type { CacheRule } from './options.ts';

export interface Copy {
  readonly response: Response;
  readonly fetchedAtMs: number;
}

/** `revalidating`: served while a new one is fetched. `spare`: served only if the origin fails. */
export type Freshness = 'fresh' | 'revalidating' | 'spare' | 'gone';

export function freshnessOf(copy: Copy, rule: CacheRule, nowMs: number): Freshness {
  const staleForMs = nowMs - copy.fetchedAtMs - rule.maxAgeMs;
  if (staleForMs < 0) return 'fresh';
  if (staleForMs < rule.staleWhileRevalidateMs) return 'revalidating';
  return staleForMs < rule.staleIfErrorMs ? 'spare' : 'gone';
}

/** As readers get it: with its age (RFC 9111 5.1), and how long they may keep it. */
export function served({ response, fetchedAtMs }: Copy, rule: CacheRule, nowMs: number): Response {
  const age = String(Math.max(0, Math.floor((nowMs - fetchedAtMs) / 1000)));
  const told =
    rule.readerMaxAgeMs === undefined ? {} : { 'cache-control': `max-age=${Math.floor(rule.readerMaxAgeMs / 1000)}` };
  return { ...response, headers: { ...response.headers, ...told, age } };
}

/** Documents are kept apart by path and query: a query of their own is how readers get around a cache. */
export function documentOf({ path, query }: Pick<Request, 'path' | 'query'>): string {
  if (query === undefined) return path;
  const pairs = Object.keys(query)
    .sort()
    .map((name) => `${name}=${query[name]}`);
  return `${path}?${pairs.join('&')}`;
}

export class Copies {
  readonly #byKey = new Map<string, Copy>();
  /** What was last known of a document, kept beyond a purge: says whether a new copy brings news. */
  readonly #lastBodies = new Map<string, string>();

  find(location: number, document: string): Copy | undefined {
    return this.#byKey.get(keyOfCopy(location, document));
  }

  /** True when the document is another than the one that this location had before. */
  put(location: number, document: string, copy: Copy): boolean {
    const key = keyOfCopy(location, document);
    const body = JSON.stringify(copy.response.body) ?? '';
    const before = this.#lastBodies.get(key);
    this.#byKey.set(key, copy);
    this.#lastBodies.set(key, body);
    return before !== undefined && before !== body;
  }

  /** Forgets the copies of these paths, whatever their query; of all paths when left out. Returns how many. */
  purge(paths: readonly string[] | undefined): number {
    let count = 0;
    for (const key of this.#byKey.keys()) {
      if (paths !== undefined && !paths.includes(pathOf(key))) continue;
      this.#byKey.delete(key);
      count++;
    }
    return count;
  }
}

function keyOfCopy(location: number, document: string): string {
  return `${location} ${document}`;
}

function pathOf(key: string): string {
  return key.slice(key.indexOf(' ') + 1).split('?')[0]!;
}
