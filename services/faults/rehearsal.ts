/**
 * A stage to try a fault on before it goes into a scenario: servers that publish a key set, a caller with a script, links
 * of exactly 1 ms. What each call got stands in the notes of the run.
 */
import {
  cast,
  type FaultSpec,
  type HostSpec,
  type Jwk,
  type Process,
  type Reply,
  type Request,
  type Response,
  type Role,
  type Scenario,
  type World,
} from '../../simulator/contract/index.ts';

/** A request of the script. It reaches the server 1 ms later. */
export interface RehearsedCall {
  readonly atMs: number;
  /** `server-1` by default. */
  readonly host?: string;
  /** `/jwks` by default; any other path answers `{"path": …}`. */
  readonly path?: string;
  /** `caller` by default. */
  readonly source?: string;
  /** The position in the script by default. */
  readonly key?: number;
  /** 10 s by default. */
  readonly timeoutMs?: number;
  readonly chain?: string;
  readonly weightless?: boolean;
}

export interface Rehearsal {
  readonly faults: readonly FaultSpec[];
  readonly calls: readonly RehearsedCall[];
  /** The key set is this one until the next begins. By default one key `k1`, from the start. */
  readonly keySets?: readonly KeySet[];
  /** When `server-1` crashes and starts again. */
  readonly restartsAtMs?: readonly number[];
  readonly endMs?: number;
}

export interface KeySet {
  readonly fromMs: number;
  readonly kids: readonly string[];
}

/** What a call got, as a note keeps it. `body` is JSON text, `undefined` for none. */
export interface RehearsedReply extends Readonly<Record<string, string | number>> {
  readonly call: number;
  readonly tookMs: number;
  readonly status: number;
  readonly failure: string;
  readonly headers: string;
  readonly body: string;
}

/** Two servers in the pool `servers`, one caller, somebody who restarts. */
export function rehearse({ faults, calls, keySets, restartsAtMs, endMs }: Rehearsal): Scenario {
  const published = keySets ?? [{ fromMs: 0, kids: ['k1'] }];
  const servers = ['server-1', 'server-2'].map((name) => ({
    name,
    pool: 'servers',
    role: keyServer,
    options: published,
  }));
  const hosts: HostSpec[] = [
    ...servers.map((server) => cast(server)),
    cast({ name: 'caller', pool: 'callers', role: scriptedCaller, options: calls }),
    cast({ name: 'restarter', pool: 'operators', role: restarter, options: restartsAtMs ?? [] }),
  ];
  const end = endMs ?? 60_000;
  const windows = [{ fromMs: 0, untilMs: end }];
  return {
    id: 'rehearsal',
    cast: hosts,
    faults,
    links: { default: { baseMs: 1, jitterMeanMs: 0 } },
    windows,
    endMs: end,
  };
}

/** The replies in the order of the script; a call without one is missing. */
export function repliesIn(notes: readonly { readonly kind: string; readonly detail: unknown }[]): RehearsedReply[] {
  const replies = notes.filter(({ kind }) => kind === 'reply').map(({ detail }) => detail as RehearsedReply);
  return replies.sort((one, other) => one.call - other.call);
}

const keyServer: Role<readonly KeySet[]> = { name: 'key-server', main: serveKeys };

function* serveKeys(world: World, keySets: readonly KeySet[]): Process<void> {
  const server = new KeyServer(world, keySets);
  world.network.listen((request) => server.answer(request), { concurrency: 8, queueLimit: 100, overflow: 'refuse' });
}

class KeyServer {
  readonly #world: World;
  readonly #keySets: readonly KeySet[];

  constructor(world: World, keySets: readonly KeySet[]) {
    this.#world = world;
    this.#keySets = keySets;
  }

  *answer({ path }: Request): Process<Response> {
    this.#world.journal.counter('server.work').add();
    yield* this.#world.timers.sleep(2);
    const headers = { 'content-type': 'application/json' };
    if (path !== '/jwks') return { status: 200, headers, body: { path } };
    const nowMs = this.#world.clock.nowMs();
    const current = this.#keySets.findLast(({ fromMs }) => fromMs <= nowMs);
    // Frozen, so that a fault which changes the document in place fails the run.
    const keys = Object.freeze((current?.kids ?? []).map(jwk));
    return Object.freeze({ status: 200, headers: Object.freeze(headers), body: Object.freeze({ keys }) });
  }
}

function jwk(kid: string): Jwk {
  return Object.freeze({ kty: 'EC', crv: 'P-256', kid, alg: 'ES256', use: 'sig', material: `material of ${kid}` });
}

const scriptedCaller: Role<readonly RehearsedCall[]> = { name: 'scripted-caller', main: callAll };

function* callAll(world: World, calls: readonly RehearsedCall[]): Process<void> {
  calls.forEach((call, index) => world.tasks.spawn(callOnce(world, call, index)));
}

function* callOnce(world: World, call: RehearsedCall, index: number): Process<void> {
  yield* world.timers.sleepUntil(call.atMs);
  const { host = 'server-1', path = '/jwks', source = 'caller', key = index, timeoutMs = 10_000 } = call;
  const request: Request = {
    method: 'GET',
    path,
    source,
    key,
    ...(call.chain === undefined ? {} : { chain: call.chain }),
    ...(call.weightless === undefined ? {} : { weightless: call.weightless }),
  };
  const reply: Reply = yield* world.network.call(host, request, { timeoutMs });
  world.journal.note('reply', noted(reply, index, world.clock.nowMs() - call.atMs));
}

function noted({ status, failure, headers, body }: Reply, call: number, tookMs: number): RehearsedReply {
  return {
    call,
    tookMs,
    status,
    failure: failure ?? '',
    headers: JSON.stringify(headers ?? {}),
    body: body === undefined ? 'undefined' : JSON.stringify(body),
  };
}

const restarter: Role<readonly number[]> = { name: 'restarter', privileged: true, main: restartAll };

function* restartAll(world: World, restartsAtMs: readonly number[]): Process<void> {
  for (const atMs of restartsAtMs) {
    yield* world.timers.sleepUntil(atMs);
    world.hosts?.crash('server-1');
    world.hosts?.start('server-1');
  }
}
