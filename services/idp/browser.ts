/** A user agent as the sign-in sees it: whose it is, for which client it signs in, what it keeps between requests. */
import type { Headers, Request, SealedCookie } from '../../simulator/contract/index.ts';
import { DEADLINE_HEADER } from '../admission/index.ts';
import type { TokenSet } from './token-set.ts';

export interface BrowserSpec {
  /** User name at the IdP, source of its requests and name of its story. */
  readonly user: string;
  readonly clientId: string;
  /** Host name of the IdP. */
  readonly idp: string;
  /** Where codes are sent. `https://<clientId>/callback` by default. */
  readonly redirectUri?: string;
  /** `openid offline_access` by default. */
  readonly scope?: string;
  /** Sent with each request; none by default. */
  readonly userAgent?: string;
}

/** The cookie of the IdP lives here and survives a sign-out of the app; so do the tokens of the last success. */
export interface Browser {
  readonly user: string;
  readonly clientId: string;
  readonly idp: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly userAgent?: string;
  idpSession?: SealedCookie;
  tokens?: TokenSet;
}

export function makeBrowser(spec: BrowserSpec): Browser {
  const { user, clientId, idp } = spec;
  const { redirectUri = `https://${clientId}/callback`, scope = 'openid offline_access' } = spec;
  const browser: Browser = { user, clientId, idp, redirectUri, scope };
  return spec.userAgent === undefined ? browser : { ...browser, userAgent: spec.userAgent };
}

/** How one flow is called. */
export interface FlowCall {
  /** Key of the whole flow; each of its requests has a key of its own, folded from it and its step. */
  readonly key: number;
  /** Patience for each request by itself, ms; none by default. */
  readonly timeoutMs?: number;
  /** When whoever waits for the flow gives up, told with each request, in ms of the scenario; not told by default. */
  readonly deadlineMs?: number;
  /** For measuring requests: see the contract's `Request.weightless`. */
  readonly weightless?: boolean;
}

/** The members that all requests of a flow share. */
export function requestOf(
  browser: Browser,
  call: FlowCall,
  key: number,
  rest: Pick<Request, 'method' | 'path' | 'query' | 'body'>,
  cookies: Request['cookies'],
): Request {
  const { user } = browser;
  // Member by member: copying objects of so many shapes is what a sign-in would spend most of its time on.
  const request: { -readonly [M in keyof Request]: Request[M] } = {
    method: rest.method,
    path: rest.path,
    source: user,
    chain: user,
    key,
  };
  if (rest.query !== undefined) request.query = rest.query;
  if (rest.body !== undefined) request.body = rest.body;
  if (cookies !== undefined) request.cookies = cookies;
  if (call.weightless === true) request.weightless = true;
  if (browser.userAgent !== undefined || call.deadlineMs !== undefined) request.headers = headersOf(browser, call);
  return request;
}

function headersOf({ userAgent }: Browser, { deadlineMs }: FlowCall): Headers {
  return {
    ...(userAgent === undefined ? {} : { 'user-agent': userAgent }),
    ...(deadlineMs === undefined ? {} : { [DEADLINE_HEADER]: String(deadlineMs) }),
  };
}
