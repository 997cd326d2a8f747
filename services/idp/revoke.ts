/** The revocation endpoint (RFC 7009): ends the family of a refresh token. Access tokens are self-contained and live on. */
import type { Counter, Request, Response, World } from '../../simulator/contract/index.ts';
import { EMPTY_OK, oauthError, tell } from './answers.ts';
import type { RefreshFamilies } from './refresh-families.ts';

const NO_TOKEN = oauthError('invalid_request', 'token is missing');
const NOT_REVOCABLE = oauthError('unsupported_token_type', 'only refresh tokens can be revoked');

export class RevokeEndpoint {
  readonly #world: World;
  readonly #families: RefreshFamilies;
  readonly #counter: Counter;

  constructor(world: World, families: RefreshFamilies) {
    this.#world = world;
    this.#families = families;
    this.#counter = world.journal.counter('idp.families-revoked', { cause: 'request' });
  }

  /** 200 for a token that is unknown or already dead as well: the client's wish is fulfilled (RFC 7009 2.2). */
  answer(request: Request): Response {
    const { body } = request;
    const token = typeof body === 'object' && body !== null ? (body as { readonly token?: unknown }).token : undefined;
    if (token === undefined) return NO_TOKEN;
    if (typeof token !== 'string') return NOT_REVOCABLE;
    const record = this.#families.find(token);
    if (record === undefined) {
      tell(this.#world.journal, request, 'token to be revoked is unknown: 200, nothing changed');
      return EMPTY_OK;
    }
    if (this.#families.revoke(record.familyId, this.#world.clock.wallMs())) this.#counter.add();
    tell(this.#world.journal, request, `refresh family of ${record.username} revoked at the client's request: 200`);
    return EMPTY_OK;
  }
}
