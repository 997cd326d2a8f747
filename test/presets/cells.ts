/**
 * What the real verifiers do, in numbers: measured on Node 20.20.2 against an identity provider on loopback, or read in
 * their source where the table of a preset says so. A cell that is missing was neither measured nor read.
 */
import { NEVER } from './laboratory.ts';

export interface Cells {
  /** Seconds to the first error with a provider that hangs, from cold. */
  readonly hangSeconds?: number;
  /** Seconds of rejections after the provider is back, cold, one request a second; `crash`: ends at boot. */
  readonly coldTailSeconds?: number | 'crash';
  /** The same where only the discovery at boot had succeeded. */
  readonly bootedTailSeconds?: number;
  /** Seconds for which warm keys serve in an outage, one request in 30 s, for 2 h. */
  readonly servedSeconds?: number;
  /** The same with one request in 90 s. */
  readonly servedWithGapsSeconds?: number;
  /** HTTP requests of 20 tokens in a row, expired and down. */
  readonly sequentialFetches?: number;
  /** HTTP requests of 50 tokens at once, cold. */
  readonly concurrentFetches?: number;
  /** HTTP requests of 100 tokens with unknown kids. */
  readonly bogusFetches?: number;
  /** Seconds for which a new key is rejected after those, at most. */
  readonly newKeyAfterBogusSeconds?: number;
  /** Whether one unknown kid in an outage breaks good tokens. */
  readonly unknownKidBreaksKnown?: boolean;
  /** Seconds for which tokens by the new key are rejected after a hard rotation right after a fetch, at most. */
  readonly rotationSeconds?: number;
  /** Seconds after which the old key is rejected then, or `with the new set`. */
  readonly oldKeySeconds?: number | 'with the new set';
  /** Seconds until a removed key is first rejected, no new kid seen, one request in 30 s for 2 h. */
  readonly removedKeySeconds?: number;
  /** Seconds of rejections after an empty set past the lifetime, once it is right again. */
  readonly emptySetSeconds?: number;
  /** The same after HTML with status 200. */
  readonly htmlSeconds?: number;
  /** Rejections among 1440 tokens with 30 % of fetches failing. */
  readonly flakyRejections?: number;
  /** Status for: no keys to be had, unknown kid, not yet valid. */
  readonly statuses?: readonly [number, number, number];
  /** Seconds of skew on `nbf`: accepted, rejected. */
  readonly nbfTolerance?: readonly [accepted: number, rejected: number];
  /** Seconds since `exp`: accepted, rejected. */
  readonly expTolerance?: readonly [accepted: number, rejected: number];
}

const LAZY = { coldTailSeconds: 0, unknownKidBreaksKnown: false, htmlSeconds: 0 } as const;
const NO_AGE = {
  servedSeconds: NEVER,
  sequentialFetches: 0,
  removedKeySeconds: NEVER,
  emptySetSeconds: 0,
  htmlSeconds: 0,
} as const;
const ZERO = [0, 1] as const;
const MINUTE = [59, 61] as const;

/** Measured: the published packages, at the versions that the presets name. */
export const MEASURED_CELLS: Readonly<Record<string, Cells>> = {
  jose: {
    ...LAZY,
    hangSeconds: 5,
    servedSeconds: 600,
    sequentialFetches: 20,
    concurrentFetches: 1,
    bogusFetches: 1,
    newKeyAfterBogusSeconds: 30,
    rotationSeconds: 30,
    oldKeySeconds: 'with the new set',
    removedKeySeconds: 600,
    emptySetSeconds: 30,
    flakyRejections: 2,
    nbfTolerance: ZERO,
    expTolerance: [-1, 0],
  },
  'jwks-rsa': {
    ...LAZY,
    hangSeconds: 30.2,
    servedSeconds: 600,
    sequentialFetches: 20,
    concurrentFetches: 1,
    bogusFetches: 100,
    newKeyAfterBogusSeconds: 0,
    rotationSeconds: 0,
    oldKeySeconds: 600,
    removedKeySeconds: 600,
    emptySetSeconds: 0,
    flakyRejections: 2,
    statuses: [500, 401, 401],
    nbfTolerance: ZERO,
  },
  'jwks-rsa-rate-limited': {
    coldTailSeconds: 60,
    hangSeconds: 30,
    servedSeconds: 600,
    // 9 where one of the minute's ten had been spent before.
    sequentialFetches: 10,
    concurrentFetches: 1,
    bogusFetches: 10,
    newKeyAfterBogusSeconds: 60,
    unknownKidBreaksKnown: false,
    rotationSeconds: 0,
    oldKeySeconds: 600,
    removedKeySeconds: 600,
    emptySetSeconds: 0,
    htmlSeconds: 0,
  },
  // Served at +25 minutes, not at +2 h, with a fallback of 1 h: read as the lifetime and an hour.
  'jwks-rsa-fallback': { servedSeconds: 4_200 },
  'jwks-rsa-passport': { ...LAZY, statuses: [401, 401, 401] },
  'get-jwks': {
    ...LAZY,
    hangSeconds: 305.6,
    servedSeconds: NEVER,
    servedWithGapsSeconds: 180,
    sequentialFetches: 20,
    concurrentFetches: 1,
    bogusFetches: 100,
    newKeyAfterBogusSeconds: 0,
    rotationSeconds: 0,
    oldKeySeconds: NEVER,
    removedKeySeconds: NEVER,
    emptySetSeconds: 0,
    flakyRejections: 0,
    statuses: [500, 500, 500],
    nbfTolerance: ZERO,
  },
  'express-oauth2-jwt-bearer': {
    ...LAZY,
    hangSeconds: NEVER,
    servedSeconds: 600,
    sequentialFetches: 40,
    concurrentFetches: 2,
    bogusFetches: 1,
    newKeyAfterBogusSeconds: 30,
    rotationSeconds: 30,
    oldKeySeconds: 'with the new set',
    removedKeySeconds: 600,
    emptySetSeconds: 30,
    statuses: [401, 401, 401],
    nbfTolerance: [4, 20],
  },
  'aws-jwt-verify': {
    ...LAZY,
    ...NO_AGE,
    hangSeconds: 6,
    concurrentFetches: 1,
    bogusFetches: 1,
    newKeyAfterBogusSeconds: 10,
    rotationSeconds: 0,
    oldKeySeconds: 'with the new set',
    flakyRejections: 0,
  },
  'openid-client-5': {
    ...NO_AGE,
    hangSeconds: 3.5,
    coldTailSeconds: 'crash',
    bootedTailSeconds: 0,
    concurrentFetches: 1,
    bogusFetches: 1,
    newKeyAfterBogusSeconds: 60,
    unknownKidBreaksKnown: true,
    rotationSeconds: 60,
    oldKeySeconds: 'with the new set',
    flakyRejections: 0,
  },
  oauth4webapi: {
    hangSeconds: 305,
    coldTailSeconds: 0,
    servedSeconds: 300,
    sequentialFetches: 20,
    concurrentFetches: 1,
    bogusFetches: 1,
    newKeyAfterBogusSeconds: 60,
    unknownKidBreaksKnown: true,
    rotationSeconds: 60,
    oldKeySeconds: 'with the new set',
    removedKeySeconds: 300,
    emptySetSeconds: 60,
    htmlSeconds: 0,
    flakyRejections: 9,
    nbfTolerance: [29, 31],
  },
};

/** Read in source and documentation, not run; the sources stand at the knobs of each preset. */
export const READ_CELLS: Readonly<Record<string, Cells>> = {
  'openid-client-6': { hangSeconds: 30, coldTailSeconds: 'crash', servedSeconds: 300, rotationSeconds: 60 },
  'spring-nimbus': {
    coldTailSeconds: 0,
    hangSeconds: 30,
    servedSeconds: 300,
    bogusFetches: 100,
    newKeyAfterBogusSeconds: 0,
    rotationSeconds: 0,
    removedKeySeconds: 300,
    statuses: [500, 401, 401],
    nbfTolerance: MINUTE,
    expTolerance: [59, 61],
  },
  'microsoft-identitymodel': {
    coldTailSeconds: 0,
    servedSeconds: NEVER,
    // Discovery and keys.
    bogusFetches: 2,
    newKeyAfterBogusSeconds: 300,
    // The first request with it.
    rotationSeconds: 1,
    unknownKidBreaksKnown: false,
    removedKeySeconds: NEVER,
    statuses: [500, 401, 401],
    nbfTolerance: [299, 301],
    expTolerance: [299, 301],
  },
  'go-oidc': {
    coldTailSeconds: 'crash',
    bootedTailSeconds: 0,
    hangSeconds: NEVER,
    servedSeconds: NEVER,
    bogusFetches: 100,
    newKeyAfterBogusSeconds: 0,
    unknownKidBreaksKnown: false,
    rotationSeconds: 0,
    oldKeySeconds: 'with the new set',
    removedKeySeconds: NEVER,
    nbfTolerance: [299, 301],
    expTolerance: [-1, 0],
  },
  'oauth2-proxy': { coldTailSeconds: 'crash', servedSeconds: NEVER },
  keyfunc: {
    // The outage lasts 10 s: 5 minutes from the first unknown kid.
    coldTailSeconds: 290,
    hangSeconds: 60,
    servedSeconds: NEVER,
    bogusFetches: 1,
    newKeyAfterBogusSeconds: 300,
    unknownKidBreaksKnown: false,
    removedKeySeconds: 3_600,
    expTolerance: [-1, 0],
  },
  'envoy-jwt-authn': {
    coldTailSeconds: 0,
    servedSeconds: 600,
    bogusFetches: 0,
    rotationSeconds: 600,
    removedKeySeconds: 600,
    statuses: [401, 401, 401],
    nbfTolerance: MINUTE,
  },
  'envoy-jwt-authn-async': { coldTailSeconds: 1, servedSeconds: NEVER, bogusFetches: 0, removedKeySeconds: 600 },
  istio: {
    // The outage lasts 10 s: a minute from the start.
    coldTailSeconds: 50,
    servedSeconds: NEVER,
    bogusFetches: 0,
    rotationSeconds: 1_200,
    removedKeySeconds: 1_200,
    nbfTolerance: MINUTE,
  },
  'mod-auth-openidc': {
    coldTailSeconds: 0,
    hangSeconds: 60.5,
    servedSeconds: 3_600,
    bogusFetches: 1,
    newKeyAfterBogusSeconds: 60,
    unknownKidBreaksKnown: false,
    rotationSeconds: 0,
    removedKeySeconds: 3_600,
  },
  'lua-resty-openidc': { coldTailSeconds: 0, servedSeconds: NEVER, rotationSeconds: 0 },
  'fetched-once': { coldTailSeconds: NEVER, hangSeconds: NEVER, servedSeconds: NEVER },
  'boot-fetch-swallowed': { coldTailSeconds: NEVER, rotationSeconds: NEVER },
};
