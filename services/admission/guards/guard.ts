/** A door-keeper: may refuse a request, and may learn from the answer to one that it let in. */
import type { Request, Response } from '../../../simulator/contract/index.ts';

export interface Guard {
  judge(request: Request): Response | undefined;
  /** Told of the answer to a request that took a worker, as it leaves the door. */
  readonly learn?: (request: Request, response: Response) => void;
}

/** What an edge can read in a refresh token without asking: when it expires; undefined for a token that nobody issued. */
export type ReadExpiry = (refreshToken: string) => number | undefined;

/** RFC 6749 5.2, as the service itself answers. */
export const DEAD_TOKEN: Response = Object.freeze({
  status: 400,
  headers: Object.freeze({ 'cache-control': 'no-store' }),
  body: Object.freeze({ error: 'invalid_grant', error_description: 'refresh token expired' }),
});
