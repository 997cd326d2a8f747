/** The discovery document (OpenID Connect Discovery 1.0, section 3): every REQUIRED member, and those that clients read. */
import type { Response } from '../../simulator/contract/index.ts';
import type { KeyPlan } from './key-timeline.ts';
import type { IdpOptions } from './options.ts';
import { PATHS } from './paths.ts';

export interface DiscoveryDocument {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly userinfo_endpoint: string;
  readonly jwks_uri: string;
  readonly introspection_endpoint: string;
  readonly revocation_endpoint: string;
  readonly response_types_supported: readonly string[];
  readonly response_modes_supported: readonly string[];
  readonly grant_types_supported: readonly string[];
  readonly subject_types_supported: readonly string[];
  readonly id_token_signing_alg_values_supported: readonly string[];
  readonly scopes_supported: readonly string[];
  readonly token_endpoint_auth_methods_supported: readonly string[];
  readonly code_challenge_methods_supported: readonly string[];
}

export class DiscoveryEndpoint {
  readonly #response: Response;

  constructor(options: IdpOptions) {
    const headers = Object.freeze({ 'content-type': 'application/json' });
    this.#response = Object.freeze({ status: 200, headers, body: Object.freeze(discoveryDocument(options)) });
  }

  answer(): Response {
    return this.#response;
  }
}

export function discoveryDocument({ issuer, keys }: Pick<IdpOptions, 'issuer' | 'keys'>): DiscoveryDocument {
  return {
    issuer,
    authorization_endpoint: issuer + PATHS.authorize,
    token_endpoint: issuer + PATHS.token,
    userinfo_endpoint: issuer + PATHS.userinfo,
    jwks_uri: issuer + PATHS.jwks,
    introspection_endpoint: issuer + PATHS.introspect,
    revocation_endpoint: issuer + PATHS.revoke,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: algorithmsOf(keys),
    scopes_supported: ['openid', 'offline_access'],
    token_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
  };
}

/** Those of the timeline, and RS256, which "MUST be included" whatever else is. */
function algorithmsOf(keys: readonly KeyPlan[]): readonly string[] {
  return [...new Set([...keys.map(({ alg }) => alg ?? 'ES256'), 'RS256'])];
}
