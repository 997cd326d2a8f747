/**
 * The story of one followed actor: every call made on its behalf, each under the call during whose handling it was made,
 * from browser to edge to instance to identity provider. The network knows this by itself; services only add words. Kept
 * beside the run, it changes nothing in it.
 */
import type { Failure, Reply } from '../contract/http.ts';
import type { Call } from './call.ts';
import { Work } from './listener.ts';
import type { Kernel } from './kernel.ts';
import type { ProcessRecord } from './process-record.ts';

export interface FollowedCall {
  readonly id: number;
  /** The call that was being handled when this one was made; null for the actor's own calls. */
  readonly parent: number | null;
  readonly from: string;
  readonly to: string;
  readonly method: string;
  readonly path: string;
  readonly atMs: number;
  /** null when the run ended before anything came back. */
  endedAtMs: number | null;
  /** 0 without an answer. */
  status: number;
  /** `abandoned`: the caller stopped waiting, or was stopped itself. */
  failure: Failure | 'abandoned' | null;
  /** How often its connection attempt was dropped at a full door. */
  droppedCount: number;
  /** Where a redirect leads. */
  location: string | null;
}

/** One start of one host. */
export interface HostStart {
  readonly host: string;
  readonly atMs: number;
}

export class Story {
  readonly followed: string;
  readonly calls: FollowedCall[] = [];
  readonly starts: HostStart[] = [];
  /** All actors whose calls bear a name, in order of their first call, and when the first of them failed. */
  readonly actors = new Map<string, number | null>();
  readonly #kernel: Kernel;
  readonly #open = new Map<Call, FollowedCall>();

  constructor(kernel: Kernel, followed: string) {
    this.#kernel = kernel;
    this.followed = followed;
  }

  started(host: string): void {
    this.starts.push({ host, atMs: this.#kernel.nowUs / 1000 });
  }

  began(call: Call, process: ProcessRecord): void {
    const { chain, method, path, weightless } = call.request;
    // Measuring requests are nobody's story.
    if (chain === undefined || weightless === true) return;
    if (!this.actors.has(chain)) this.actors.set(chain, null);
    if (chain !== this.followed) return;
    const parent = this.callServedBy(process);
    const { from, to } = call;
    const atMs = this.#kernel.nowUs / 1000;
    const entry: FollowedCall = {
      id: this.calls.length,
      parent,
      from,
      to,
      method,
      path,
      atMs,
      endedAtMs: null,
      status: 0,
      failure: null,
      droppedCount: 0,
      location: null,
    };
    this.calls.push(entry);
    this.#open.set(call, entry);
  }

  dropped(call: Call): void {
    const entry = this.#open.get(call);
    if (entry !== undefined) entry.droppedCount++;
  }

  ended(call: Call, reply: Reply): void {
    this.#end(call, reply.status, reply.failure ?? null, reply.headers?.['location'] ?? null);
  }

  abandoned(call: Call): void {
    this.#end(call, 0, 'abandoned', null);
  }

  #end(call: Call, status: number, failure: FollowedCall['failure'], location: string | null): void {
    const { chain, weightless } = call.request;
    if (chain === undefined || weightless === true) return;
    const nowMs = this.#kernel.nowUs / 1000;
    if (this.actors.get(chain) === null && hasFailed(status, location)) this.actors.set(chain, nowMs);
    const entry = this.#open.get(call);
    if (entry === undefined) return;
    this.#open.delete(call);
    entry.endedAtMs = nowMs;
    entry.status = status;
    entry.failure = failure;
    entry.location = location;
  }

  /** The followed call that a process is at work for; null for an actor's own process. */
  callServedBy(process: ProcessRecord | undefined): number | null {
    for (let at = process; at !== undefined; at = at.parent) {
      if (at.watcher instanceof Work) return this.#open.get(at.watcher.call)?.id ?? null;
    }
    return null;
  }
}

/**
 * Whether an answer is a failure to somebody who asked in good faith: none at all, a refusal, an error of the server, or
 * being sent back to the login screen (unless they came without a cookie, which is how a visit begins).
 */
export function hasFailed(status: number, location: string | null): boolean {
  if (status === 0 || status === 401 || status === 403 || status === 429 || status >= 500) return true;
  return status >= 300 && location !== null && location.startsWith('/login') && !location.includes('no-cookie');
}
