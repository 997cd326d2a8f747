/** The real side: a script replayed against jose's remote key set, an IdP on loopback, and a clock that can be pushed. */
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';
import {
  DOCUMENTS,
  fillerCount,
  LIFETIME_SECONDS,
  TOKENS,
  type DocumentName,
  type EntryName,
  type SignerName,
  type TokenName,
  type TokenPlan,
} from './documents.ts';
import { LoopbackIdp } from './loopback-idp.ts';
import { Transcript, type Act, type AnswerFault, type Script } from './script.ts';

const ISSUER = 'https://idp.test';
const AUDIENCE = 'orders-api';

/** `Date.now` with an offset; timers stay real, so network time-outs take their time. */
export class PushedClock {
  readonly #realNow = Date.now;
  #offsetMs = 0;

  install(): void {
    Date.now = () => this.#realNow.call(Date) + this.#offsetMs;
  }

  uninstall(): void {
    Date.now = this.#realNow;
  }

  push(seconds: number): void {
    this.#offsetMs += seconds * 1000;
  }
}

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

export async function replayAgainstJose(
  script: Script,
  keys: RealKeys,
  clock: PushedClock,
): Promise<readonly string[]> {
  const idp = new LoopbackIdp();
  idp.body = documentText('good-set', keys);
  await idp.open();
  try {
    return await new Replay(idp, keys, clock).perform(script);
  } finally {
    await idp.close();
  }
}

class Replay {
  readonly #idp: LoopbackIdp;
  readonly #keys: RealKeys;
  readonly #clock: PushedClock;
  readonly #transcript = new Transcript();
  readonly #keySet: ReturnType<typeof createRemoteJWKSet>;
  #fetchCount = 0;

  constructor(idp: LoopbackIdp, keys: RealKeys, clock: PushedClock) {
    this.#idp = idp;
    this.#keys = keys;
    this.#clock = clock;
    this.#keySet = createRemoteJWKSet(idp.url, {
      [customFetch]: (url, options) => {
        this.#fetchCount++;
        return fetch(url, options);
      },
    });
  }

  async perform(script: Script): Promise<readonly string[]> {
    const tokens = new Map<TokenName, string>();
    for (const name of Object.keys(TOKENS) as TokenName[]) tokens.set(name, await makeToken(TOKENS[name], this.#keys));
    for (const act of script.acts) await this.#performOne(act, tokens);
    return this.#transcript.lines;
  }

  async #performOne(act: Act, tokens: ReadonlyMap<TokenName, string>): Promise<void> {
    switch (act.act) {
      case 'answer':
        return await this.#answer(act.as);
      case 'advance':
        return this.#clock.push(act.seconds);
      case 'fetches':
        return this.#transcript.fetched(this.#fetchCount);
      case 'present':
        return this.#transcript.presented(act.token, await this.#verdict(tokens.get(act.token)!));
      case 'together': {
        const token = tokens.get(act.token)!;
        const seen = await Promise.all(Array.from({ length: act.count }, () => this.#verdict(token)));
        return this.#transcript.many(`times ${act.token} at once`, seen);
      }
      case 'flood': {
        const seen: string[] = [];
        for (let i = 0; i < act.count; i++) {
          seen.push(await this.#verdict(await makeToken({ signer: 'stranger', kid: `bogus-${i}` }, this.#keys)));
        }
        return this.#transcript.many('unknown kids', seen);
      }
    }
  }

  async #answer(as: AnswerFault | DocumentName): Promise<void> {
    const isDocument = as in DOCUMENTS;
    this.#idp.body = documentText(isDocument ? (as as DocumentName) : 'good-set', this.#keys);
    await this.#idp.behave(isDocument ? undefined : (as as AnswerFault));
  }

  async #verdict(token: string): Promise<string> {
    const options = { issuer: ISSUER, audience: AUDIENCE, algorithms: ['ES256', 'RS256'] };
    try {
      await jwtVerify(token, this.#keySet, { ...options, currentDate: new Date(Date.now()) });
      return 'accepted';
    } catch (error) {
      return wordFor(error);
    }
  }
}

/** jose's error in the words of the model. An error that has none is a finding, not a verdict. */
function wordFor(error: unknown): string {
  if (error instanceof errors.JOSEAlgNotAllowed) return 'bad-algorithm';
  if (error instanceof errors.JWKSNoMatchingKey) return 'unknown-kid';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'ambiguous-kid';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad-signature';
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return CLAIM_WORDS[error.claim] ?? `claim ${error.claim}`;
  if (error instanceof errors.JWKSTimeout) return 'keys-unavailable (timeout)';
  if (error instanceof errors.JWKSInvalid) return 'keys-unavailable (document)';
  if (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC') return wordForGeneric(error);
  if (error instanceof TypeError && error.message === 'fetch failed') {
    return codeOf(error.cause) === 'ECONNREFUSED' ? 'keys-unavailable (refused)' : 'keys-unavailable (reset)';
  }
  throw error;
}

const CLAIM_WORDS: Readonly<Record<string, string>> = {
  iss: 'wrong-issuer',
  aud: 'wrong-audience',
  nbf: 'not-yet-valid',
};

function wordForGeneric(error: Error): string {
  if (error.message.startsWith('Expected 200 OK')) return 'keys-unavailable (status)';
  const { cause } = error;
  if (cause instanceof SyntaxError) return 'keys-unavailable (document)';
  // These two happen while the body is read, before there is any JSON to parse.
  if (cause instanceof DOMException && cause.name === 'TimeoutError') return 'keys-unavailable (timeout)';
  if (cause instanceof TypeError && cause.message === 'terminated') return 'keys-unavailable (cut)';
  throw error;
}

function codeOf(cause: unknown): unknown {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}

async function makeToken(plan: TokenPlan, keys: RealKeys): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const exp = plan.expInSeconds === undefined ? LIFETIME_SECONDS : plan.expInSeconds;
  const claims: JWTPayload = {
    iss: plan.iss ?? ISSUER,
    aud: plan.aud ?? AUDIENCE,
    ...(exp === null ? {} : { exp: nowSeconds + exp }),
    ...(plan.nbfInSeconds === undefined ? {} : { nbf: nowSeconds + plan.nbfInSeconds }),
  };
  if (plan.alg === 'none') return new UnsecuredJWT(claims).encode();
  const signer = keys[plan.signer];
  const kid = plan.kid === undefined ? plan.signer : plan.kid;
  const header = { alg: plan.alg ?? signer.alg, ...(kid === null ? {} : { kid }) };
  const secret = new TextEncoder().encode(JSON.stringify(signer.jwk));
  return await new SignJWT(claims).setProtectedHeader(header).sign(plan.alg === 'HS256' ? secret : signer.privateKey);
}

function documentText(name: DocumentName, keys: RealKeys): string {
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
