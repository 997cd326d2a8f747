/** An error said out loud: by the server in trouble, or by the gateway before it. */
import type { Headers } from '../../../simulator/contract/index.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';
import { requireWhole } from '../option-check.ts';
import { replacing } from '../replacement.ts';

export const STATUS: FaultAbout = {
  name: 'status',
  sentence: 'The answer is an error status, with or without Retry-After.',
  source: 'pulsejet/nextcloud-oidc-login#152: a 503 in place of the keys was cached for a day',
  layer: 'response',
};

export interface StatusOptions {
  /** 400 to 599. */
  readonly status: number;
  /** The header of RFC 9110, section 10.2.3, in whole seconds, 0 or more. No header by default. */
  readonly retryAfterSeconds?: number;
  /** A JSON value, or a text that is sent as it is. No body by default. */
  readonly body?: unknown;
}

/** The server does no work for the request. */
export function status(options: StatusOptions): FaultMechanism {
  const { retryAfterSeconds, body } = options;
  requireWhole('status', 'status', options.status, 400, 599);
  if (retryAfterSeconds !== undefined) requireWhole('status', 'retryAfterSeconds', retryAfterSeconds, 0, Infinity);
  const headers: Headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const response = { status: options.status, headers };
  return replacing(STATUS, `answers ${options.status}`, body === undefined ? response : { ...response, body });
}
