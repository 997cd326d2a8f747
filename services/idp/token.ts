/**
 * The token endpoint (RFC 6749 4.1.3, 5, 6): codes and refresh tokens in, tokens out. State changes before anything is
 * answered, so an answer that is lost or spoilt on its way has still rotated the token.
 */
import type { Counter, NoteDetail, Process, Request, Response, World } from '../../simulator/contract/index.ts';
import { oauthError, tell, textMember } from './answers.ts';
import type { CodePresentation, CodeRefusal, CodeRecord, Codes } from './codes.ts';
import type { RefreshFamilies, RefreshRecord, RefreshRefusal } from './refresh-families.ts';
import type { TokenIssuer } from './tokens.ts';

type Refusal = CodeRefusal | RefreshRefusal;

const NO_GRANT_TYPE = oauthError('invalid_request', 'grant_type is missing');
const NO_CODE = oauthError('invalid_request', 'code is missing');
const NO_REFRESH_TOKEN = oauthError('invalid_request', 'refresh_token is missing');
const OTHER_GRANT_TYPE = oauthError(
  'unsupported_grant_type',
  'only authorization_code and refresh_token are supported',
);

const REASONS: Readonly<Record<Refusal, string>> = {
  'code-unknown': 'authorization code is unknown',
  'code-of-another-client': 'authorization code was issued to another client',
  'code-redirect-mismatch': 'redirect_uri differs from that of the authorization request',
  'code-verifier-mismatch': 'code_verifier does not match the code_challenge',
  'code-expired': 'authorization code expired',
  'code-reused': 'authorization code was used before; what was issued for it is revoked',
  'refresh-unknown': 'refresh token is unknown',
  'refresh-of-another-client': 'refresh token was issued to another client',
  'refresh-expired': 'refresh token expired',
  'refresh-revoked': 'refresh token was revoked',
  'refresh-reused': 'refresh token was used before; its family is revoked',
};

/** One refusal, made once: the answer, its counter, and its words. */
interface RefusalAnswer {
  readonly response: Response;
  readonly counter: Counter;
  readonly reason: string;
}

export class TokenEndpoint {
  readonly #world: World;
  readonly #codes: Codes;
  readonly #families: RefreshFamilies;
  readonly #issuer: TokenIssuer;
  readonly #refusals = new Map<Refusal, RefusalAnswer>();
  readonly #revokedCounter: Counter;

  constructor(world: World, codes: Codes, families: RefreshFamilies, issuer: TokenIssuer) {
    this.#world = world;
    this.#codes = codes;
    this.#families = families;
    this.#issuer = issuer;
    this.#revokedCounter = world.journal.counter('idp.families-revoked', { cause: 'reuse' });
    for (const [refusal, reason] of Object.entries(REASONS) as [Refusal, string][]) {
      const counter = world.journal.counter('idp.grants-refused', { reason: refusal });
      this.#refusals.set(refusal, { response: oauthError('invalid_grant', reason), counter, reason });
    }
  }

  /** Refusals come at once; tokens have to be signed. */
  answer(request: Request): Response | Process<Response> {
    const { body } = request;
    switch (textMember(body, 'grant_type')) {
      case 'refresh_token':
        return this.#refresh(request);
      case 'authorization_code':
        return this.#exchange(request);
      case undefined:
        return NO_GRANT_TYPE;
      default:
        return OTHER_GRANT_TYPE;
    }
  }

  #refresh(request: Request): Response | Process<Response> {
    const token = textMember(request.body, 'refresh_token');
    if (token === undefined) return NO_REFRESH_TOKEN;
    const nowMs = this.#world.clock.wallMs();
    const record = this.#families.find(token);
    const refusal = this.#families.judge(record, textMember(request.body, 'client_id'), nowMs);
    if (refusal === undefined) return this.#rotate(request, token, record!, nowMs);
    if (refusal === 'refresh-reused') this.#revoke(record!.familyId, nowMs);
    return this.#refuse(request, refusal, record?.expiresAtMs, nowMs);
  }

  #rotate(request: Request, token: string, record: RefreshRecord, nowMs: number): Process<Response> {
    const next = this.#families.rotate(token, record, nowMs);
    const again = record.supersededAtMs === undefined ? '' : ' again, within the grace';
    tell(this.#world.journal, request, `refresh token accepted${again}: 200, new tokens issued`);
    return this.#issuer.issue(record, next, nowMs);
  }

  #exchange(request: Request): Response | Process<Response> {
    const presented = presentationOf(request);
    if (presented === undefined) return NO_CODE;
    const nowMs = this.#world.clock.wallMs();
    const record = this.#codes.find(presented.code);
    const refusal = this.#codes.judge(record, presented, nowMs);
    if (refusal === undefined) return this.#redeem(request, presented.code, record!, nowMs);
    // RFC 6749 4.1.2: a second use says that the code leaked, so the tokens of the first one go too.
    if (refusal === 'code-reused') this.#revoke(record!.familyId!, nowMs);
    return this.#refuse(request, refusal, record?.expiresAtMs, nowMs);
  }

  #redeem(request: Request, code: string, record: CodeRecord, nowMs: number): Process<Response> {
    const familyId = this.#families.newFamily();
    this.#codes.markUsed(code, record, familyId);
    const refreshToken = this.#families.begin(record, familyId, nowMs);
    tell(this.#world.journal, request, `authorization code of ${record.username} accepted: 200, tokens issued`);
    return this.#issuer.issue(record, refreshToken, nowMs);
  }

  #revoke(familyId: string, nowMs: number): void {
    if (this.#families.revoke(familyId, nowMs)) this.#revokedCounter.add();
  }

  #refuse(request: Request, refusal: Refusal, expiresAtMs: number | undefined, nowMs: number): Response {
    const { response, counter, reason } = this.#refusals.get(refusal)!;
    // A measuring request must leave the counts as they would be without it.
    if (request.weightless !== true) counter.add();
    const { journal } = this.#world;
    if (journal.follows(request.chain)) {
      const detail: NoteDetail = expiresAtMs === undefined ? {} : { expiresAtMs };
      journal.step(request.chain, `${reason}${sinceText(expiresAtMs, nowMs)}: 400 invalid_grant`, detail);
    }
    return response;
  }
}

/** In brackets, how long the lifetime has been over; nothing while it is not. */
function sinceText(atMs: number | undefined, nowMs: number): string {
  return atMs === undefined || atMs > nowMs ? '' : ` (its lifetime ended ${Math.round(nowMs - atMs) / 1000} s ago)`;
}

function presentationOf({ body }: Request): CodePresentation | undefined {
  const code = textMember(body, 'code');
  if (code === undefined) return undefined;
  return {
    code,
    clientId: textMember(body, 'client_id'),
    redirectUri: textMember(body, 'redirect_uri'),
    verifier: textMember(body, 'code_verifier'),
  };
}
