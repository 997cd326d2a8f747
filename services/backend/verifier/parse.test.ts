import { expect, test } from 'vitest';
import type { Reply } from '../../../simulator/contract/index.ts';
import { judgeDiscovery, judgeKeySet } from './parse.ts';

const GOOD = { kty: 'EC', crv: 'P-256', kid: 'good', material: 'm' };

/** Undefined when the set is accepted. */
function refusal(reply: Reply, acceptEmptySet = true): string | undefined {
  const fetched = judgeKeySet(reply, acceptEmptySet);
  return fetched.ok ? undefined : fetched.failure.words;
}

test('only status 200 brings keys, whatever the body', () => {
  const body = { keys: [GOOD] };
  expect(refusal({ status: 200, body })).toBeUndefined();
  expect(refusal({ status: 201, body })).toBe('status 201');
  expect(refusal({ status: 302, body })).toBe('status 302');
  expect(refusal({ status: 304 })).toBe('status 304');
});

test('text, nothing and other shapes are refused, each in its words', () => {
  expect(refusal({ status: 200, body: '{"keys":[' })).toBe('the body is no JSON object');
  expect(refusal({ status: 200 })).toBe('the body is no JSON object');
  expect(refusal({ status: 200, body: [GOOD] })).toBe('the body is no JSON object');
  expect(refusal({ status: 200, body: {} })).toBe('the document has no keys array');
  expect(refusal({ status: 200, body: { keys: { good: GOOD } } })).toBe('the document has no keys array');
  expect(refusal({ status: 200, body: { keys: [GOOD, 'x'] } })).toBe('an entry of the key set is no object');
});

test('an empty set is a success or a failure, as the profile says', () => {
  expect(refusal({ status: 200, body: { keys: [] } }, true)).toBeUndefined();
  expect(refusal({ status: 200, body: { keys: [] } }, false)).toBe('the key set is empty');
});

test('a call that broke is told apart from an answer', () => {
  expect(judgeKeySet({ status: 0, failure: 'timeout' }, true)).toEqual({
    ok: false,
    failure: { outcome: 'timeout', words: 'no answer in time' },
  });
});

test('a discovery document leads to the key set only for the very issuer', () => {
  const located = (body: unknown) => judgeDiscovery({ status: 200, body }, 'https://idp.test');
  const issuer = 'https://idp.test';
  expect(located({ issuer, jwks_uri: 'https://idp.test/keys/jwks' })).toEqual({ ok: true, path: '/keys/jwks' });
  expect(located({ issuer, jwks_uri: 'https://idp.test' })).toEqual({ ok: true, path: '/' });
  expect(located({ issuer: `${issuer}/`, jwks_uri: 'https://idp.test/jwks' })).toMatchObject({ ok: false });
  expect(located({ issuer })).toMatchObject({ failure: { words: 'the discovery document has no jwks_uri' } });
  expect(located('<html>')).toMatchObject({ failure: { outcome: 'document' } });
});
