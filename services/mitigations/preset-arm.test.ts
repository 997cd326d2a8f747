import { describe, expect, test } from 'vitest';
import { cytracom } from '../../scenarios/cytracom-2021-03-16/incident.ts';
import { T0_MS } from '../../scenarios/napta-2025-12-19/clock.ts';
import { napta } from '../../scenarios/napta-2025-12-19/incident.ts';
import { hostsOf, type Mitigation, type Scenario } from '../../simulator/contract/index.ts';
import { applyAll, defaultValues, RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { backend, verifierPreset, VERIFIER_PRESETS } from '../backend/index.ts';
import { mitigations } from './index.ts';
import { presetArm, presetArms } from './preset-arm.ts';

const MINUTE_MS = 60_000;

/** To T0 + 30 min: one of four instances boots in an outage that ends two minutes after T0. */
function shortNapta(outageUntilMs = 2 * MINUTE_MS): Scenario {
  const values = { instances: 4, startedInside: 1, users: 30, actionMeanMs: MINUTE_MS, outageUntilMs };
  const endMs = T0_MS + 30 * MINUTE_MS;
  const whole = napta.scored({ ...defaultValues(napta), ...values }, 'published');
  return { ...whole, windows: [{ fromMs: 0, untilMs: endMs }], endMs };
}

function run(arm: readonly Mitigation[]): RecordView {
  return new RecordView(runScenario(applyAll(shortNapta(), arm), { seed: 1 }));
}

function harmMinutes({ record }: RecordView): number {
  let minutes = 0;
  for (const users of record.harm.values()) for (const each of users.values()) minutes += each.size;
  return minutes;
}

describe('an arm of a preset', () => {
  test('puts the preset in the place of every verifier, and changes nothing else', () => {
    const before = shortNapta();
    const after = applyAll(before, [presetArm(verifierPreset('keyfunc'))]);
    const { profile } = verifierPreset('keyfunc');
    for (const { options } of hostsOf(after, backend)) {
      expect(options.verifier).toEqual({ ...profile, acts: { fetch: 'preset:keyfunc' } });
    }
    const withoutVerifier = (scenario: Scenario) =>
      hostsOf(scenario, backend).map(({ name, options }) => ({ name, ...options, verifier: undefined }));
    expect(withoutVerifier(after)).toEqual(withoutVerifier(before));
    expect(after.faults).toEqual(before.faults);
  });

  test('a lazy stack saves what the swallowed boot-time fetch costs, and says how often it fetched', () => {
    const control = run([]);
    const lazy = run([presetArm(verifierPreset('jose'))]);
    expect(harmMinutes(lazy)).toBeLessThan(harmMinutes(control) / 2);
    expect(lazy.total('mitigation.actions', { mitigation: 'preset:jose' })).toBeGreaterThan(0);
  });

  test('has no object where nobody verifies tokens, or where everybody has it already', () => {
    const cookiesOnly = cytracom.scored(defaultValues(cytracom), 'published');
    const arm = presetArm(verifierPreset('boot-fetch-swallowed'));
    expect(arm.apply(cookiesOnly)).toEqual({ notApplicable: 'no instance verifies bearer tokens' });
    expect(arm.apply(shortNapta())).toEqual({ notApplicable: 'every instance has this verifier already' });
  });

  test('exists for every preset, under an id that no mitigation has', () => {
    expect(presetArms.map(({ id }) => id)).toEqual(VERIFIER_PRESETS.map(({ id }) => `preset:${id}`));
    const ids = [...mitigations, ...presetArms].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
