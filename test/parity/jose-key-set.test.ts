/**
 * The model of jose's key cache against jose itself: one fault script, replayed on loopback with the real library and in
 * virtual time with the model. Both must give the transcript that the table pins.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifierPreset } from '../../services/backend/index.ts';
import { DOCUMENTS } from './documents.ts';
import { QUICK_SCRIPTS, SLOW_SCRIPTS } from './jose-table.ts';
import { replayInModel } from './model.ts';
import { PushedClock } from './pushed-clock.ts';
import { RealJose } from './real-jose.ts';
import { makeRealKeys, type RealKeys } from './real-tokens.ts';
import { replayAgainst } from './replay-real.ts';
import { ANSWER_FAULTS, pinned, type Script } from './script.ts';

const clock = new PushedClock();
let keys: RealKeys;

beforeAll(async () => {
  keys = await makeRealKeys();
  clock.install();
});

afterAll(() => clock.uninstall());

const inModel = (script: Script) => replayInModel(script, verifierPreset('jose').profile);
const againstJose = (script: Script) => replayAgainst((keySet) => new RealJose(keySet), script, keys, clock);

describe('jose 6.2.17 and the model agree:', () => {
  for (const script of QUICK_SCRIPTS) {
    test(script.name, async () => {
      expect(inModel(script), 'the model').toEqual(pinned(script));
      expect(await againstJose(script), 'jose').toEqual(pinned(script));
    });
  }

  test('hang and a 40 s dribble at the first fetch reject after 5 s, and heal with the next request', async () => {
    // These push no clock, so they may wait out their time-outs side by side.
    const replays = SLOW_SCRIPTS.map((script) => againstJose(script));
    expect(SLOW_SCRIPTS.map(inModel), 'the model').toEqual(SLOW_SCRIPTS.map(pinned));
    expect(await Promise.all(replays), 'jose').toEqual(SLOW_SCRIPTS.map(pinned));
  });
});

describe('the comparison itself', () => {
  test('notices a wrong verdict and a wrong count on either side', async () => {
    const [script] = QUICK_SCRIPTS;
    const wrong = { ...script!, acts: [...script!.acts, { act: 'fetches', count: 7 } as const] };
    expect(inModel(wrong)).not.toEqual(pinned(wrong));
    expect(await againstJose(wrong)).not.toEqual(pinned(wrong));
  });

  test('leaves out no fault and no document of its vocabulary', () => {
    const used = new Set<string>();
    for (const { acts } of [...QUICK_SCRIPTS, ...SLOW_SCRIPTS]) {
      for (const act of acts) if (act.act === 'answer') used.add(act.as);
    }
    expect([...used].sort()).toEqual([...ANSWER_FAULTS, ...Object.keys(DOCUMENTS)].sort());
  });
});
