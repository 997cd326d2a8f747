/**
 * Presets against the libraries whose names they bear: one fault script, replayed on loopback with the real one and in
 * virtual time with the model. Both must give the transcript that the table pins.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifierPreset } from '../../services/backend/index.ts';
import { secondsToErrorInCutBody } from '../presets/measurements.ts';
import { TOKENS } from './documents.ts';
import { awsJwtVerify } from './aws-jwt-verify-table.ts';
import { jwksRsa, jwksRsaRateLimited } from './jwks-rsa-table.ts';
import type { LibraryTable } from './library-scripts.ts';
import { oauth4webapi } from './oauth4webapi-table.ts';
import { LoopbackIdp } from './loopback-idp.ts';
import { replayInModel } from './model.ts';
import { PushedClock } from './pushed-clock.ts';
import { RealAwsJwtVerify } from './real-aws-jwt-verify.ts';
import { RealJwksRsa } from './real-jwks-rsa.ts';
import { RealOauth4webapi } from './real-oauth4webapi.ts';
import { documentText, makeRealKeys, makeToken, type RealKeys } from './real-tokens.ts';
import { replayAgainst, type OpenVerifier } from './replay-real.ts';
import { pinned, type Script } from './script.ts';

const clock = new PushedClock();
let keys: RealKeys;

beforeAll(async () => {
  keys = await makeRealKeys();
  clock.install();
});

afterAll(() => clock.uninstall());

const COARSE: readonly (readonly [RegExp, string])[] = [
  [/keys-unavailable \([a-z]+\)/g, 'keys-unavailable'],
  [/bad-signature|ambiguous-kid|bad-algorithm/g, 'rejected'],
];

function inModel(script: Script, preset: string): readonly string[] {
  const lines = replayInModel(script, verifierPreset(preset).profile);
  return lines.map((line) => COARSE.reduce((text, [fine, coarse]) => text.replaceAll(fine, coarse), line));
}

function compare({ preset, quick, slow, differences }: LibraryTable, open: OpenVerifier): void {
  describe(`${preset} and the model agree:`, () => {
    test.each(quick)('$name', async (script) => {
      expect(await replayAgainst(open, script, keys, clock), 'the library').toEqual(pinned(script));
      expect(inModel(script, preset), 'the model').toEqual(pinned(script));
    });

    if (slow.length === 0) return;
    test('what has to be waited for', async () => {
      // These push no clock, so they may wait side by side.
      const replays = slow.map((script) => replayAgainst(open, script, keys, clock));
      expect(await Promise.all(replays), 'the library').toEqual(slow.map(pinned));
      expect(
        slow.map((script) => inModel(script, preset)),
        'the model',
      ).toEqual(slow.map(pinned));
    });
  });

  if (differences.length === 0) return;
  describe(`${preset} and the model differ as is known:`, () => {
    test.each(differences)('$name', async (script) => {
      expect(await replayAgainst(open, script, keys, clock), 'the library').toEqual(pinned(script));
      expect(inModel(script, preset), 'the model').toEqual(script.inModel);
    });
  });
}

compare(jwksRsa, (keySet) => new RealJwksRsa(keySet));
compare(jwksRsaRateLimited, (keySet) => new RealJwksRsa(keySet, { rateLimit: true }));
compare(oauth4webapi, (keySet) => new RealOauth4webapi(keySet));
compare(awsJwtVerify, (keySet) => new RealAwsJwtVerify(keySet));

describe('an answer that breaks off', () => {
  test('leaves the caller of jwks-rsa waiting for ever, in the model as on loopback', async () => {
    const idp = new LoopbackIdp();
    idp.body = documentText('good-set', keys);
    await idp.open();
    await idp.behave('cut-body');
    const verdict = new RealJwksRsa(idp.url, { timeout: 200 }).verdict(await makeToken(TOKENS.good, keys));
    const patience = new Promise<string>((resolve) => setTimeout(resolve, 1_500, 'no verdict'));
    expect(await Promise.race([verdict, patience]), 'jwks-rsa').toBe('no verdict');
    await idp.close();
    const { profile } = verifierPreset('jwks-rsa');
    expect(secondsToErrorInCutBody({ ...profile, fetchTimeoutMs: 200 }), 'the model').toBe(Infinity);
    expect(secondsToErrorInCutBody({ ...profile, cutBody: 'fails' })).toBeLessThan(1);
  });
});
