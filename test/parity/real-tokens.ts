/** Keys, tokens and key sets with real cryptography, made of the same plans as those of the model. */
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import {
  DOCUMENTS,
  fillerCount,
  LIFETIME_SECONDS,
  type DocumentName,
  type EntryName,
  type SignerName,
  type TokenPlan,
} from './documents.ts';

export const ISSUER = 'https://idp.test';
export const AUDIENCE = 'orders-api';

interface KeyPair {
  readonly alg: 'ES256' | 'RS256';
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export type RealKeys = Readonly<Record<SignerName | 'retired', KeyPair>> & {
  readonly ed25519: JWK;
  readonly p384: JWK;
};

export async function makeRealKeys(): Promise<RealKeys> {
  const [good, next, stranger, retired, rsa, edwards, larger] = await Promise.all([
    keyPair('ES256'),
    keyPair('ES256'),
    keyPair('ES256'),
    keyPair('ES256'),
    keyPair('RS256'),
    generateKeyPair('Ed25519', { extractable: true }),
    generateKeyPair('ES384', { extractable: true }),
  ]);
  const [ed25519, p384] = await Promise.all([exportJWK(edwards.publicKey), exportJWK(larger.publicKey)]);
  return { good, next, stranger, retired, rsa, ed25519, p384 };
}

async function keyPair(alg: 'ES256' | 'RS256'): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, privateKey, jwk: await exportJWK(publicKey) };
}

/** What RFC 9068 asks of an access token, and oauth4webapi with it. */
const ACCESS_TOKEN = { sub: 'ada', client_id: 'web-app', jti: 'one' };

export async function makeToken(plan: TokenPlan, keys: RealKeys): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const exp = plan.expInSeconds === undefined ? LIFETIME_SECONDS : plan.expInSeconds;
  const claims: JWTPayload = {
    ...ACCESS_TOKEN,
    iat: nowSeconds,
    iss: plan.iss ?? ISSUER,
    aud: plan.aud ?? AUDIENCE,
    ...(exp === null ? {} : { exp: nowSeconds + exp }),
    ...(plan.nbfInSeconds === undefined ? {} : { nbf: nowSeconds + plan.nbfInSeconds }),
  };
  if (plan.alg === 'none') return new UnsecuredJWT(claims).encode();
  const signer = keys[plan.signer];
  const kid = plan.kid === undefined ? plan.signer : plan.kid;
  const header = { alg: plan.alg ?? signer.alg, typ: 'at+jwt', ...(kid === null ? {} : { kid }) };
  const secret = new TextEncoder().encode(JSON.stringify(signer.jwk));
  return await new SignJWT(claims).setProtectedHeader(header).sign(plan.alg === 'HS256' ? secret : signer.privateKey);
}

export function documentText(name: DocumentName, keys: RealKeys): string {
  const before = Array.from({ length: fillerCount(name) }, (_, i) => ({ ...keys.retired.jwk, kid: `filler-${i}` }));
  return JSON.stringify({ keys: [...before, ...DOCUMENTS[name].map((entryName) => entry(entryName, keys))] });
}

function entry(name: EntryName, keys: RealKeys): JWK | null {
  const marks = { alg: 'ES256', use: 'sig' };
  switch (name) {
    case 'good':
    case 'next':
    case 'retired':
      return { ...keys[name].jwk, ...marks, kid: name };
    case 'rsa':
      return { ...keys.rsa.jwk, alg: 'RS256', use: 'sig', kid: 'rsa' };
    case 'good-without-kid':
      return { ...keys.good.jwk, ...marks };
    case 'good-for-encryption':
      return { ...keys.good.jwk, alg: 'ES256', use: 'enc', kid: 'good' };
    case 'stranger-as-good':
      return { ...keys.stranger.jwk, ...marks, kid: 'good' };
    case 'unknown-kty':
      return { kty: 'FUTURE', kid: 'future', ...marks };
    case 'malformed':
      return { kty: 'EC', crv: 'P-256', kid: 'broken' };
    case 'ed25519':
      return { ...keys.ed25519, kid: 'edwards' };
    case 'rsa-as-good':
      return { ...keys.rsa.jwk, kid: 'good' };
    case 'p384-as-good':
      return { ...keys.p384, kid: 'good' };
    case 'good-for-es384':
      return { ...keys.good.jwk, ...marks, alg: 'ES384', kid: 'good' };
    case 'null':
      return null;
  }
}
