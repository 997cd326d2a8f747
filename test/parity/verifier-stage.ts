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
  type Verdict,
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

export function served(...keys: readonly Jwk[]): () => Response {
  return () => ({ status: 200, body: { keys } });
}

/** Claims that are in order, with changes; times in seconds are relative to now. */
export function claimsFor(world: World, changes: Claims = {}): Claims {
  return { iss: ISSUER, aud: AUDIENCE, sub: 'ada', exp: Math.floor(world.clock.nowMs() / 1000) + 80_000, ...changes };
}

export function* goodToken(world: World, key: SigningKey, changes: Claims = {}): Process<Token> {
  return yield* world.seals.sign(key, claimsFor(world, changes));
}

/** The verdict in one word. */
export function wordOf(verdict: Verdict): string {
  return verdict.ok ? 'accepted' : verdict.reason;
}
