/** Key sets and tokens by name: what stands in them, said once; each side makes its own keys of it. */

/** Entries that a key set can have. */
export type EntryName =
  | 'good'
  | 'next'
  | 'retired'
  | 'rsa'
  | 'good-without-kid'
  | 'good-for-encryption'
  | 'stranger-as-good'
  | 'unknown-kty'
  | 'malformed'
  | 'ed25519'
  | 'rsa-as-good'
  | 'p384-as-good'
  | 'good-for-es384'
  | 'null';

const FILLER_COUNT = 4_999;

export const DOCUMENTS = {
  'good-set': ['good'],
  'rotated-set': ['next'],
  'both-set': ['good', 'next'],
  'rsa-set': ['rsa'],
  'empty-set': [],
  'stale-set': ['retired'],
  'no-kid-set': ['good-without-kid'],
  'encryption-set': ['good-for-encryption'],
  'same-kid-other-material': ['stranger-as-good'],
  'duplicate-kid': ['good', 'stranger-as-good'],
  'unknown-kty-beside': ['unknown-kty', 'good'],
  'malformed-beside': ['malformed', 'good'],
  'ed25519-beside': ['ed25519', 'good'],
  'rsa-of-same-kid-beside': ['rsa-as-good', 'good'],
  'p384-of-same-kid-beside': ['p384-as-good', 'good'],
  'other-algorithm-set': ['good-for-es384'],
  'null-beside': ['null', 'good'],
  'five-thousand-keys': ['good'],
} as const satisfies Readonly<Record<string, readonly EntryName[]>>;

export type DocumentName = keyof typeof DOCUMENTS;

/** How many further keys, each with a kid of its own, stand before the named ones. */
export function fillerCount(name: DocumentName): number {
  return name === 'five-thousand-keys' ? FILLER_COUNT : 0;
}

export type SignerName = 'good' | 'next' | 'rsa' | 'stranger';

export interface TokenPlan {
  readonly signer: SignerName;
  /** The kid it names; null: none. The signer's own by default. */
  readonly kid?: string | null;
  /** `none` and `HS256` are forgeries: the one unsigned, the other keyed with the public key. */
  readonly alg?: 'none' | 'HS256';
  /** Relative to the moment of issue, in seconds. */
  readonly expInSeconds?: number | null;
  readonly nbfInSeconds?: number;
  readonly iss?: string;
  readonly aud?: string;
}

export const TOKENS = {
  good: { signer: 'good' },
  next: { signer: 'next' },
  rsa: { signer: 'rsa' },
  forged: { signer: 'stranger', kid: 'good' },
  'without-kid': { signer: 'good', kid: null },
  'naming-the-rsa-key': { signer: 'good', kid: 'rsa' },
  unsigned: { signer: 'good', alg: 'none' },
  'hmac-with-the-public-key': { signer: 'good', alg: 'HS256' },
  expired: { signer: 'good', expInSeconds: -10 },
  'expiring-now': { signer: 'good', expInSeconds: 0 },
  'without-exp': { signer: 'good', expInSeconds: null },
  'not-yet-valid': { signer: 'good', nbfInSeconds: 60 },
  'valid-from-now': { signer: 'good', nbfInSeconds: 0 },
  'wrong-issuer': { signer: 'good', iss: 'https://elsewhere.test' },
  'wrong-audience': { signer: 'good', aud: 'other-api' },
} as const satisfies Readonly<Record<string, TokenPlan>>;

export type TokenName = keyof typeof TOKENS;

/** Lifetime of a token where its plan says nothing: longer than any script. */
export const LIFETIME_SECONDS = 36_000;
