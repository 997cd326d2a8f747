/** Who can reach whom, and how long it takes. Latencies are keyed by the request, so both arms of a pair see the same. */
import { SimulatorError } from '../contract/errors.ts';
import { Draws } from '../contract/portable/index.ts';
import type { LinkSpec } from '../contract/scenario.ts';
import type { HostRecord } from './host-record.ts';
import type { Kernel } from './kernel.ts';
import type { Story } from './story.ts';

const DEFAULT_LINK: LinkSpec = { baseMs: 0.5, jitterMeanMs: 0.5 };

export class VirtualNetwork {
  readonly kernel: Kernel;
  readonly #specs: Readonly<Record<string, LinkSpec>>;
  readonly #links: (Link | undefined)[][] = [];
  readonly #byName = new Map<string, HostRecord>();
  readonly hosts: readonly HostRecord[];
  membershipVersion = 0;
  /** Set when somebody's calls are followed. */
  story: Story | undefined = undefined;

  constructor(kernel: Kernel, hosts: readonly HostRecord[], specs: Readonly<Record<string, LinkSpec>>) {
    this.kernel = kernel;
    this.hosts = hosts;
    this.#specs = specs;
    for (const host of hosts) this.#byName.set(host.name, host);
  }

  host(name: string): HostRecord {
    const host = this.#byName.get(name);
    if (host !== undefined) return host;
    throw new SimulatorError('unknown-host', `There is no host "${name}".`, 'Call a host that the cast names.');
  }

  members(pool: string): readonly string[] {
    return this.hosts.filter((host) => host.pool === pool && host.state !== 'stopped').map((host) => host.name);
  }

  link(from: HostRecord, to: HostRecord): Link {
    const row = (this.#links[from.index] ??= []);
    return (row[to.index] ??= this.#makeLink(from, to));
  }

  #makeLink(from: HostRecord, to: HostRecord): Link {
    const spec = this.#specs[`${from.zone}>${to.zone}`] ?? this.#specs['default'] ?? DEFAULT_LINK;
    return new Link(this.kernel.seed, `${from.name}>${to.name}`, spec);
  }
}

/** One direction between two hosts. */
export class Link {
  readonly #spec: LinkSpec;
  readonly #there: Draws;
  readonly #back: Draws;
  readonly #loss: Draws;

  constructor(seed: number, name: string, spec: LinkSpec) {
    this.#spec = spec;
    this.#there = new Draws(seed, name, 'network/request');
    this.#back = new Draws(seed, name, 'network/reply');
    this.#loss = new Draws(seed, name, 'network/loss');
  }

  loses(key: number, attempt: number): boolean {
    const ratio = this.#spec.lossRatio;
    return ratio !== undefined && ratio > 0 && this.#loss.chance(ratio, key, attempt);
  }

  requestUs(key: number, attempt: number): number {
    return this.#hopUs(this.#there, key, attempt);
  }

  replyUs(key: number, attempt: number): number {
    return this.#hopUs(this.#back, key, attempt);
  }

  #hopUs(draws: Draws, key: number, attempt: number): number {
    const { baseMs, jitterMeanMs } = this.#spec;
    const jitterMs = jitterMeanMs > 0 ? draws.exponential(jitterMeanMs, key, attempt) : 0;
    return Math.round((baseMs + jitterMs) * 1000);
  }
}
