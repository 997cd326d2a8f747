/** A gateway that wants a login for what must be public, or a host that has moved: machines meet a page for people. */
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';
import { requireOption } from '../option-check.ts';
import { replacing } from '../replacement.ts';

export const REDIRECT: FaultAbout = {
  name: 'redirect',
  sentence: 'The answer is a redirect to a login page.',
  source: 'fief-dev/fief-python#5: a redirect in place of the keys, read as if it were the set',
  layer: 'response',
};

export interface RedirectOptions {
  /** 301, 302, 303, 307 or 308; 302 by default. */
  readonly status?: number;
  /** The Location header; `/login` by default. */
  readonly location?: string;
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** The server does no work for the request. */
export function redirect(options: RedirectOptions = {}): FaultMechanism {
  const { status = 302, location = '/login' } = options;
  requireOption(REDIRECTS.includes(status), 'redirect', 'status', status, `Choose one of ${REDIRECTS.join(', ')}.`);
  requireOption(location !== '', 'redirect', 'location', location, 'Say where the redirect leads.');
  return replacing(REDIRECT, `redirects to ${location}`, { status, headers: { location } });
}
