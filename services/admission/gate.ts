/** A door-keeper with a rate limit that an administrator can set while the service runs: POST /admin/rate-limit. */
import type { Gate, Request, Response, World } from '../../simulator/contract/index.ts';
import type { RateLimitOptions } from './options.ts';
import { RateLimit } from './rate-limit.ts';

export const RATE_LIMIT_PATH = '/admin/rate-limit';

const SET: Response = Object.freeze({ status: 204 });

/** @param initial in force from the start; none by default */
export function makeGate(world: World, initial?: RateLimitOptions): Gate {
  let limit = initial === undefined ? undefined : new RateLimit(world, initial);
  return (request: Request) => {
    if (request.path === RATE_LIMIT_PATH && request.method === 'POST') {
      limit = new RateLimit(world, request.body as RateLimitOptions);
      world.journal.note('rate-limit.set');
      return SET;
    }
    return request.weightless === true ? undefined : limit?.refusal(request);
  };
}
