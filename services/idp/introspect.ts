/** The introspection endpoint (RFC 7662) for refresh tokens: whether the user's grant still stands. */
import type { Request, Response, World } from '../../simulator/contract/index.ts';
import { NO_STORE, oauthError, textMember } from './answers.ts';
import type { RefreshFamilies } from './refresh-families.ts';

const NO_TOKEN = oauthError('invalid_request', 'token is missing');
const INACTIVE: Response = Object.freeze({ status: 200, headers: NO_STORE, body: Object.freeze({ active: false }) });

export class IntrospectEndpoint {
  readonly #world: World;
  readonly #families: RefreshFamilies;

  constructor(world: World, families: RefreshFamilies) {
    this.#world = world;
    this.#families = families;
  }

  /** 200 with `active: false` for whatever is unknown, expired, superseded or revoked, without a reason (RFC 7662 2.2). */
  answer(request: Request): Response {
    const token = textMember(request.body, 'token');
    if (token === undefined) return NO_TOKEN;
    const record = this.#families.find(token);
    const refusal = this.#families.judge(record, record?.clientId, this.#world.clock.wallMs());
    if (record === undefined || refusal !== undefined) return INACTIVE;
    const { username, clientId, scope } = record;
    const exp = Math.floor(record.expiresAtMs / 1000);
    return { status: 200, headers: NO_STORE, body: { active: true, username, client_id: clientId, scope, exp } };
  }
}
