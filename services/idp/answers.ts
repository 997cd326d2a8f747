/**
 * Answers that are the same each time, made once: in a retry storm the commonest answer is a refusal, and making it anew
 * for each of a million requests would be the dearest part of it.
 */
import type { Headers, Journal, NoteDetail, Request, Response } from '../../simulator/contract/index.ts';

/** Codes of RFC 6749 5.2 (and 4.1.2.1, OIDC Core 3.1.2.6 for the authorization endpoint). */
export type OauthErrorCode =
  | 'invalid_request'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'unsupported_token_type'
  | 'login_required';

export interface OauthError {
  readonly error: OauthErrorCode;
  readonly error_description: string;
}

/** RFC 6749 5.1: what holds tokens, or refuses them, must not be cached. */
export const NO_STORE: Headers = Object.freeze({ 'cache-control': 'no-store' });

export const EMPTY_OK: Response = Object.freeze({ status: 200, headers: NO_STORE });

/** The error answer of RFC 6749 5.2. */
export function oauthError(error: OauthErrorCode, description: string): Response {
  const body: OauthError = Object.freeze({ error, error_description: description });
  return Object.freeze({ status: 400, headers: NO_STORE, body });
}

export function redirect(location: string): Response {
  return { status: 302, headers: { location, 'cache-control': 'no-store' } };
}

/** A member of a JSON body as text; undefined when the body is no object, lacks it, or has it as something else. */
export function textMember(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value = (body as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
}

/** Records a step of a request whose story somebody reads. Where the text costs something to build, ask `follows` first. */
export function tell(journal: Journal, request: Request, text: string, detail?: NoteDetail): void {
  if (journal.follows(request.chain)) journal.step(request.chain, text, detail);
}
