/** Door-keepers who look at the `User-Agent`: one shuts a client out, one tells it to update. */
import type { Request, Response, World } from '../../../simulator/contract/index.ts';
import { Deed } from '../deed.ts';
import type { Guard } from './guard.ts';
import type { AgentBlock, MinimumVersion } from './options.ts';

const FORBIDDEN: Response = Object.freeze({ status: 403 });
/** RFC 9110 15.5.22 wants an `Upgrade` member that names a protocol; product versions use the status without one. */
const UPGRADE_REQUIRED: Response = Object.freeze({ status: 426 });

export class AgentBlocker implements Guard {
  readonly #prefixes: readonly string[];
  readonly #deed: Deed | undefined;

  constructor(world: World, { prefixes, actedAs }: AgentBlock) {
    this.#prefixes = prefixes;
    this.#deed = Deed.of(world, actedAs);
  }

  judge({ headers }: Request): Response | undefined {
    const agent = headers?.['user-agent'];
    if (agent === undefined || !this.#prefixes.some((prefix) => agent.startsWith(prefix))) return undefined;
    this.#deed?.done();
    return FORBIDDEN;
  }
}

export class VersionGate implements Guard {
  readonly #start: string;
  readonly #minimum: number;
  readonly #deed: Deed | undefined;

  constructor(world: World, { product, version, actedAs }: MinimumVersion) {
    this.#start = `${product}/`;
    this.#minimum = version;
    this.#deed = Deed.of(world, actedAs);
  }

  judge({ headers }: Request): Response | undefined {
    const agent = headers?.['user-agent'];
    if (agent === undefined || !agent.startsWith(this.#start)) return undefined;
    // What is no number is no version that could be too low.
    if (!(Number(agent.slice(this.#start.length)) < this.#minimum)) return undefined;
    this.#deed?.done();
    return UPGRADE_REQUIRED;
  }
}
