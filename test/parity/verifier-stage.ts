/**
 * A stage of two hosts in virtual time: an IdP that answers as told, and a resource server whose process is the test.
 * Both the verifier's own tests and the model's side of the parity test are played on it.
 */
import {
  cast,
  type Claims,
  type Jwk,
  type Process,
  type Request,
  type Response,
  type Role,
  type SigningKey,
  type Token,
  type World,
} from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import {
  makeVerifier,
  verifierProfile,
  type TokenBearer,
  type Verifier,
  type VerifierProfile,
} from '../../services/backend/verifier/index.ts';

export const ISSUER = 'https://idp.test';
export const AUDIENCE = 'orders-api';

/** The test's own process starts here, so that tokens can have been issued before. */
export const START_MS = 3_600_000;

/** What the IdP does: tests assign `answer`, and read what was asked. */
export interface ScriptedIdp {
  answer: (request: Request) => Response;
  /** How long it works on each request, in ms. */
  delayMs: number;
  readonly requests: Request[];
}

export interface Stage {
  readonly world: World;
  readonly verifier: Verifier;
  readonly idp: ScriptedIdp;
}

export interface StageOptions {
  readonly seed?: number;
  readonly follow?: string;
  /** How far the resource server's clock is ahead, in ms. */
  readonly clockErrorMs?: number;
  readonly observe?: (world: World) => World;
}

/** Plays the body as the main process of the resource server, for a day at most. */
export function play(
  profile: VerifierProfile,
  body: (stage: Stage) => Process<void>,
  options: StageOptions = {},
): RunRecord & { readonly ended: boolean } {
  const idp: ScriptedIdp = { answer: () => ({ status: 404 }), delayMs: 0, requests: [] };
  const done = { ended: false };
  const backend: Role<undefined> = {
    name: 'backend',
    *main(world) {
      const observed = options.observe?.(world) ?? world;
      const address = { host: 'idp', issuer: ISSUER, audience: AUDIENCE };
      yield* body({ world: observed, verifier: makeVerifier(observed, profile, address), idp });
      done.ended = true;
    },
  };
  const { seed = 1, follow, clockErrorMs = 0 } = options;
  const record = runScenario(
    {
      id: 'verifier-stage',
      cast: [
        cast({ name: 'idp', pool: 'idp', role: idpRole, options: idp }),
        cast({
          name: 'backend',
          pool: 'backends',
          role: backend,
          options: undefined,
          startAtMs: START_MS,
          clockErrorMs,
        }),
      ],
      faults: [],
      links: {},
      windows: [{ fromMs: 0, untilMs: 90_000_000 }],
      endMs: 90_000_000,
    },
    { seed, ...(follow === undefined ? {} : { follow }) },
  );
  return Object.assign(record, done);
}

const idpRole: Role<ScriptedIdp> = {
  name: 'scripted-idp',
  *main(world, script) {
    world.network.listen(function* answer(request) {
      script.requests.push(request);
      if (script.delayMs > 0) yield* world.timers.sleep(script.delayMs);
      return script.answer(request);
    });
  },
};

/** A healthy key set of these keys. */
export function serving(...keys: readonly Jwk[]): () => Response {
  return () => ({ status: 200, body: { keys } });
}

/** An IdP that answers everything with this status and no body. */
export function failing(status: number): () => Response {
  return () => ({ status });
}

/** An IdP at whose port nothing listens. */
export function refusing(): Response {
  return { status: 200, fate: 'refuse' };
}

/** A token that is in order, by this key, but for the changes. Valid for most of a day. */
export function* issue(world: World, key: SigningKey, changes: Claims = {}): Process<Token> {
  const exp = Math.floor(world.clock.nowMs() / 1000) + 80_000;
  return yield* world.seals.sign(key, { iss: ISSUER, aud: AUDIENCE, sub: 'ada', exp, ...changes });
}

/** Presents a token; the verdict in one word. */
export function* ask({ verifier }: Stage, token: Token, bearer: TokenBearer = { key: 1 }): Process<string> {
  const verdict = yield* verifier.verify(token, bearer);
  return verdict.ok ? 'accepted' : verdict.reason;
}

/** The notes of the resource server, one line each: kind and details. */
export function notesOf(record: RunRecord): readonly string[] {
  return record.notes.map(({ kind, detail }) => `${kind} ${JSON.stringify(detail)}`);
}

/** What a counter came to, by one of its labels. */
export function totalsOf(record: RunRecord, name: string, label: string): Readonly<Record<string, number>> {
  const named = record.series.filter((series) => series.name === name);
  return Object.fromEntries(named.map((series) => [series.labels[label] ?? '', series.total]));
}

/** Two keys of the IdP and a good token by each. */
export interface Keys {
  readonly good: SigningKey;
  readonly next: SigningKey;
  readonly token: Token;
  readonly nextToken: Token;
}

/** Plays with an IdP that publishes `good` and is healthy at first; what the body pushes is the outcome. */
export function outcome(
  knobs: Partial<VerifierProfile>,
  body: (stage: Stage, keys: Keys, seen: (string | number)[]) => Process<void>,
): readonly (string | number)[] {
  const seen: (string | number)[] = [];
  const { ended } = play(verifierProfile(knobs), function* (stage) {
    const { world, idp, verifier } = stage;
    const good = world.seals.createKey('good');
    const next = world.seals.createKey('next');
    idp.answer = serving(world.seals.publicJwk(good));
    yield* verifier.start();
    const token = yield* issue(world, good);
    const nextToken = yield* issue(world, next);
    yield* body(stage, { good, next, token, nextToken }, seen);
  });
  if (!ended) throw new Error('The body did not come to its end within the day that it is given.');
  return seen;
}
