import { expect, test } from 'vitest';
import type { Jwk } from '../../../simulator/contract/index.ts';
import { isSupported, KeySet } from './key-set.ts';

const ec: Jwk = { kty: 'EC', crv: 'P-256', kid: 'k', material: 'ec' };
const rsa: Jwk = { kty: 'RSA', kid: 'k', material: 'rsa' };

test('each member that does not fit rules a key out by itself', () => {
  const alone = (jwk: Jwk) => new KeySet([jwk]).select('ES256', 'k');
  expect(alone(ec)).toBe(ec);
  expect(alone(rsa)).toBe('none');
  expect(alone({ ...ec, crv: 'P-384' })).toBe('none');
  expect(alone({ ...ec, alg: 'ES384' })).toBe('none');
  expect(alone({ ...ec, use: 'enc' })).toBe('none');
  expect(alone({ ...ec, kid: 'K' })).toBe('none');
  expect(alone({ kty: 'EC', crv: 'P-256' })).toBe('none');
});

test('keys that do not fit do not make the one that does ambiguous', () => {
  expect(new KeySet([rsa, ec]).select('ES256', 'k')).toBe(ec);
  expect(new KeySet([rsa, ec]).select('RS256', 'k')).toBe(rsa);
  expect(new KeySet([ec, { ...ec }]).select('ES256', 'k')).toBe('several');
});

test('where several fit, a library that takes the first one takes the first that fits', () => {
  const later = { ...ec, material: 'later' };
  expect(new KeySet([rsa, ec, later]).select('ES256', 'k', 'first')).toBe(ec);
  expect(new KeySet([later, ec]).select('ES256', 'k', 'first')).toBe(later);
  expect(new KeySet([rsa]).select('ES256', 'k', 'first')).toBe('none');
});

test('a token without kid takes the only key that fits', () => {
  expect(new KeySet([rsa, ec]).select('ES256', undefined)).toBe(ec);
  expect(new KeySet([ec, { ...ec, kid: 'other' }]).select('ES256', undefined)).toBe('several');
});

test('a kid that is no text matches no token and harms no other key', () => {
  const garbled = { ...ec, kid: 7 } as unknown as Jwk;
  expect(new KeySet([garbled, ec]).select('ES256', 'k')).toBe(ec);
  expect(new KeySet([garbled, ec]).select('ES256', '7')).toBe('none');
});

test('only signature algorithms with a public key are accepted', () => {
  expect(['ES256', 'RS256'].every(isSupported)).toBe(true);
  expect(['none', 'HS256', 'es256', '', undefined].some(isSupported)).toBe(false);
});

test('a note of a huge set names ten kids and counts the rest', () => {
  const keys = Array.from({ length: 12 }, (_, i) => ({ ...ec, kid: `k${i}` }));
  expect(new KeySet(keys).describe()).toBe('k0, k1, k2, k3, k4, k5, k6, k7, k8, k9 and 2 more');
});
