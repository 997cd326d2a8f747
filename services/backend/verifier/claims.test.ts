import { expect, test } from 'vitest';
import { judgeClaims } from './claims.ts';

const expected = { issuer: 'https://idp.test', audience: 'orders-api', clockToleranceMs: 0 };
const good = { iss: 'https://idp.test', aud: 'orders-api' };

test('the issuer comes first, then the audience, then the times', () => {
  const wrong = { iss: 'x', aud: 'x', nbf: 99, exp: 1 };
  expect(judgeClaims(wrong, expected, 10_000)).toBe('wrong-issuer');
  expect(judgeClaims({ ...wrong, iss: good.iss }, expected, 10_000)).toBe('wrong-audience');
  expect(judgeClaims({ ...good, nbf: 99, exp: 1 }, expected, 10_000)).toBe('not-yet-valid');
  expect(judgeClaims({ ...good, nbf: 1, exp: 1 }, expected, 10_000)).toBe('expired');
  expect(judgeClaims({ ...good, nbf: 10, exp: 11 }, expected, 10_000)).toBeUndefined();
});

test('a missing issuer or audience is wrong, a missing time is not', () => {
  expect(judgeClaims({ aud: good.aud }, expected, 0)).toBe('wrong-issuer');
  expect(judgeClaims({ iss: good.iss }, expected, 0)).toBe('wrong-audience');
  expect(judgeClaims(good, expected, 0)).toBeUndefined();
});

test('the clock is read in whole seconds, which matters to a time that is none', () => {
  expect(judgeClaims({ ...good, exp: 10.5 }, expected, 10_900)).toBeUndefined();
  expect(judgeClaims({ ...good, exp: 10.5 }, expected, 11_000)).toBe('expired');
  expect(judgeClaims({ ...good, nbf: 10.5 }, expected, 10_900)).toBe('not-yet-valid');
});
