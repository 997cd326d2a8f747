/** Where clients tell of sign-ins that hung, by another way than the one that hangs. A counter and nothing more. */
import type { Process, Request, Response, Role, World } from '../../simulator/contract/index.ts';
import { METRICS_PATH } from '../backend/index.ts';

export const TELEMETRY_PATH = '/telemetry/hung-sign-in';
/** Member of its metrics: sign-ins that hung, as far as their clients could tell. */
export const HUNG_SIGN_INS = 'hungSignInCount';

/** A beacon that finds nobody is lost. */
const BEACON_PATIENCE_MS = 10_000;

export const telemetry: Role<Readonly<Record<string, never>>> = { name: 'telemetry', main };

// It waits for nothing itself: its life is in the requests.
function* main(world: World): Process<void> {
  const desk = new Desk();
  world.network.listen((request) => desk.answer(request));
}

class Desk {
  #hungCount = 0;

  *answer({ path, method }: Request): Process<Response> {
    if (path === METRICS_PATH) return { status: 200, body: { [HUNG_SIGN_INS]: this.#hungCount } };
    if (path !== TELEMETRY_PATH || method !== 'POST') return { status: 404 };
    this.#hungCount++;
    return { status: 204 };
  }
}

export function* tellTelemetry(world: World, host: string, request: Request): Process<void> {
  yield* world.network.call(host, request, { timeoutMs: BEACON_PATIENCE_MS });
}
