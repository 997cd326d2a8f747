/** The verifiers that a scenario can name. */
import { SimulatorError } from '../../../../simulator/contract/index.ts';
import { awsJwtVerify } from './aws-jwt-verify.ts';
import { bootFetchSwallowed } from './boot-fetch-swallowed.ts';
import { envoyJwtAuthnAsync } from './envoy-jwt-authn-async.ts';
import { envoyJwtAuthn } from './envoy-jwt-authn.ts';
import { expressOauth2JwtBearer } from './express-oauth2-jwt-bearer.ts';
import { fastJwtCachedErrors } from './fast-jwt-cached-errors.ts';
import { fetchedOnce } from './fetched-once.ts';
import { getJwks } from './get-jwks.ts';
import { goOidc } from './go-oidc.ts';
import { istio } from './istio.ts';
import { jose } from './jose.ts';
import { jwksRsaFallback } from './jwks-rsa-fallback.ts';
import { jwksRsaPassport } from './jwks-rsa-passport.ts';
import { jwksRsaRateLimited } from './jwks-rsa-rate-limited.ts';
import { jwksRsa } from './jwks-rsa.ts';
import { keyfunc } from './keyfunc.ts';
import { luaRestyOpenidc } from './lua-resty-openidc.ts';
import { microsoftIdentityModel } from './microsoft-identitymodel.ts';
import { modAuthOpenidc } from './mod-auth-openidc.ts';
import { oauth2Proxy } from './oauth2-proxy.ts';
import { oauth4webapi } from './oauth4webapi.ts';
import { openidClient5 } from './openid-client-5.ts';
import { openidClient6 } from './openid-client-6.ts';
import type { VerifierPreset } from './preset.ts';
import { springNimbus } from './spring-nimbus.ts';

export type { VerifierPreset } from './preset.ts';

/** In the order of lists: libraries of Node, other platforms, proxies and gateways, what people write by hand. */
export const VERIFIER_PRESETS: readonly VerifierPreset[] = [
  jose,
  jwksRsa,
  jwksRsaRateLimited,
  jwksRsaFallback,
  jwksRsaPassport,
  getJwks,
  fastJwtCachedErrors,
  expressOauth2JwtBearer,
  awsJwtVerify,
  openidClient5,
  oauth4webapi,
  openidClient6,
  springNimbus,
  microsoftIdentityModel,
  goOidc,
  keyfunc,
  envoyJwtAuthn,
  envoyJwtAuthnAsync,
  istio,
  modAuthOpenidc,
  luaRestyOpenidc,
  oauth2Proxy,
  fetchedOnce,
  bootFetchSwallowed,
];

/** @throws SimulatorError `bad-argument` with the ids there are */
export function verifierPreset(id: string): VerifierPreset {
  const preset = VERIFIER_PRESETS.find((candidate) => candidate.id === id);
  if (preset !== undefined) return preset;
  const known = VERIFIER_PRESETS.map((candidate) => candidate.id).join(', ');
  throw new SimulatorError('bad-argument', `There is no verifier preset "${id}".`, `Take one of: ${known}.`);
}
