/**
 * How a faithful client signs a user in and renews tokens: authorization code with PKCE, step by step over the network,
 * the IdP's cookie carried along. Failures are values, with the step at which the flow ended.
 */
import {
  keyOf,
  type Failure,
  type Process,
  type Reply,
  type Request,
  type World,
} from '../../simulator/contract/index.ts';
import { textMember } from './answers.ts';
import { SESSION_COOKIE } from './authorize.ts';
import { requestOf, type Browser, type FlowCall } from './browser.ts';
import { PATHS } from './paths.ts';
import { readTarget, type Query } from './redirects.ts';
import { readTokens, type TokenSet } from './token-set.ts';

export { makeBrowser, type Browser, type BrowserSpec, type FlowCall } from './browser.ts';
export type { TokenSet } from './token-set.ts';

/** `return`: back at the authorization endpoint after the login page. */
export type FlowStep = 'authorize' | 'sign-in' | 'return' | 'token' | 'refresh';

/**
 * Beside the network's own failures: `status`, another answer than the protocol has here (overload, a fault);
 * `malformed`, an answer that a client must not accept; `login-required`, no session and no page wanted; `denied`, an
 * error sent back by the authorization endpoint; `invalid-grant`, the code or refresh token is dead.
 */
export type FlowFailure = Failure | 'status' | 'malformed' | 'login-required' | 'denied' | 'invalid-grant';

export interface FlowFailed {
  readonly ok: false;
  readonly step: FlowStep;
  readonly failure: FlowFailure;
  /** Status of the last answer, 0 when there was none. */
  readonly status: number;
}

export interface TokensObtained {
  readonly ok: true;
  readonly step: 'token' | 'refresh';
  readonly tokens: TokenSet;
}

export interface CodeObtained {
  readonly ok: true;
  readonly step: 'authorize' | 'return';
  readonly code: string;
  /** To be presented with the code. */
  readonly verifier: string;
}

export interface SignInCall extends FlowCall {
  /** `prompt=none`: fail with `login-required` rather than show a page. False by default. */
  readonly silent?: boolean;
  /** How long the user spends on the login page, ms; 0 by default. */
  readonly typingMs?: number;
}

const STEP_KEYS: Readonly<Record<FlowStep, number>> = { authorize: 1, 'sign-in': 2, return: 3, token: 4, refresh: 5 };

/** The whole sign-in; with a live session at the IdP it passes without a login page. On success the browser holds the tokens. */
export function* signIn(world: World, browser: Browser, call: SignInCall): Process<TokensObtained | FlowFailed> {
  const obtained = yield* obtainCode(world, browser, call);
  return obtained.ok ? yield* exchangeCode(world, browser, call, obtained) : obtained;
}

/** The part that happens in the browser: ends with a code at the redirect URI. For apps whose server exchanges it. */
export function* obtainCode(world: World, browser: Browser, call: SignInCall): Process<CodeObtained | FlowFailed> {
  const verifier = `verifier-${call.key}`;
  const state = `state-${call.key}`;
  const asked = authorizationQuery(browser, state, verifier, call.silent === true);
  const reply = yield* send(world, browser, call, 'authorize', { method: 'GET', path: PATHS.authorize, query: asked });
  if (reply.status !== 200) return codeOf(reply, 'authorize', state, verifier);
  if (textMember(reply.body, 'page') !== 'login') return failed('authorize', reply, 'malformed');
  if (call.typingMs !== undefined) yield* world.timers.sleep(call.typingMs);
  const body = { username: browser.user, returnTo: textMember(reply.body, 'returnTo') ?? '' };
  const signedIn = yield* send(world, browser, call, 'sign-in', { method: 'POST', path: PATHS['sign-in'], body });
  if (signedIn.status !== 302) return failed('sign-in', signedIn, 'status');
  const target = readTarget(signedIn.headers?.['location'] ?? '');
  if (target?.base !== PATHS.authorize) return failed('sign-in', signedIn, 'malformed');
  const next = { method: 'GET', path: target.base, query: target.query } as const;
  const returned = yield* send(world, browser, call, 'return', next);
  return codeOf(returned, 'return', state, verifier);
}

/** Exchanges a code for tokens and puts them into the browser. */
export function* exchangeCode(
  world: World,
  browser: Browser,
  call: FlowCall,
  { code, verifier }: Pick<CodeObtained, 'code' | 'verifier'>,
): Process<TokensObtained | FlowFailed> {
  const body = {
    grant_type: 'authorization_code',
    code,
    client_id: browser.clientId,
    redirect_uri: browser.redirectUri,
    code_verifier: verifier,
  };
  const reply = yield* send(world, browser, call, 'token', { method: 'POST', path: PATHS.token, body });
  return keepTokens(world, browser, reply, 'token');
}

/**
 * Trades the browser's refresh token for new tokens. On success they replace the old ones; on any failure the browser
 * keeps what it has, and the caller decides (`invalid-grant` means that only a sign-in helps). Without a refresh token
 * it fails with `invalid-grant` and status 0 and sends nothing.
 */
export function* refresh(world: World, browser: Browser, call: FlowCall): Process<TokensObtained | FlowFailed> {
  const refreshToken = browser.tokens?.refreshToken;
  if (refreshToken === undefined) return { ok: false, step: 'refresh', failure: 'invalid-grant', status: 0 };
  const body = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: browser.clientId };
  const reply = yield* send(world, browser, call, 'refresh', { method: 'POST', path: PATHS.token, body });
  return keepTokens(world, browser, reply, 'refresh');
}

/** One request of a flow: sends the IdP's cookie where a browser would, keeps the one that comes back. */
function* send(
  world: World,
  browser: Browser,
  call: FlowCall,
  step: FlowStep,
  rest: Pick<Request, 'method' | 'path' | 'query' | 'body'>,
): Process<Reply> {
  const { idpSession } = browser;
  const byBrowser = step !== 'token' && step !== 'refresh';
  const cookies = byBrowser && idpSession !== undefined ? { [SESSION_COOKIE]: idpSession } : undefined;
  const request = requestOf(browser, call, keyOf(call.key, STEP_KEYS[step]), rest, cookies);
  const options = call.timeoutMs === undefined ? undefined : { timeoutMs: call.timeoutMs };
  const reply = yield* world.network.call(browser.idp, request, options);
  const cookie = reply.cookies?.[SESSION_COOKIE];
  if (byBrowser && cookie === null) delete browser.idpSession;
  else if (byBrowser && cookie !== undefined) browser.idpSession = cookie!;
  return reply;
}

function authorizationQuery(browser: Browser, state: string, challenge: string, silent: boolean): Query {
  const query: Query = {
    response_type: 'code',
    client_id: browser.clientId,
    redirect_uri: browser.redirectUri,
    scope: browser.scope,
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  return silent ? { ...query, prompt: 'none' } : query;
}

/** Reads the redirect that ends the browser's part. An answer with another state is not ours (RFC 6749 10.12). */
function codeOf(
  reply: Reply,
  step: 'authorize' | 'return',
  state: string,
  verifier: string,
): CodeObtained | FlowFailed {
  if (reply.status !== 302) return failed(step, reply, 'status');
  const query = readTarget(reply.headers?.['location'] ?? '')?.query;
  if (query === undefined || query['state'] !== state) return failed(step, reply, 'malformed');
  const { code, error } = query;
  if (error !== undefined) return failed(step, reply, error === 'login_required' ? 'login-required' : 'denied');
  return code === undefined ? failed(step, reply, 'malformed') : { ok: true, step, code, verifier };
}

function keepTokens(
  world: World,
  browser: Browser,
  reply: Reply,
  step: 'token' | 'refresh',
): TokensObtained | FlowFailed {
  if (reply.status === 400 && textMember(reply.body, 'error') === 'invalid_grant') {
    return failed(step, reply, 'invalid-grant');
  }
  if (reply.status !== 200) return failed(step, reply, 'status');
  const held = step === 'refresh' ? browser.tokens?.refreshToken : undefined;
  const tokens = readTokens(reply.body, world.clock.nowMs(), held);
  if (tokens === undefined) return failed(step, reply, 'malformed');
  browser.tokens = tokens;
  return { ok: true, step, tokens };
}

function failed(step: FlowStep, reply: Reply, failure: FlowFailure): FlowFailed {
  return { ok: false, step, failure: reply.failure ?? failure, status: reply.status };
}
