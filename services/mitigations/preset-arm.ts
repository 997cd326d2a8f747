/**
 * A verifier preset as an arm of an experiment: the verifier of each backend that has one is replaced by it. Which stack
 * loses in which incident is read off a scorecard of such arms; the control stays the incident's own.
 */
import {
  hostsOf,
  withRole,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../simulator/contract/index.ts';
import { backend, VERIFIER_PRESETS, type VerifierPreset, type VerifierProfile } from '../backend/index.ts';
import { diff } from './diff.ts';

/** So begins the id of an arm: `preset:jose`. */
export const PRESET_PREFIX = 'preset:';

/** One arm a preset, in the order of the presets. */
export const presetArms: readonly Mitigation[] = VERIFIER_PRESETS.map(presetArm);

/** The arm that puts this preset in. It acts with each key fetch that the new verifier begins. */
export function presetArm(preset: VerifierPreset): Mitigation {
  const id = `${PRESET_PREFIX}${preset.id}`;
  return {
    id,
    family: 'keys-missing-at-start',
    place: 'backend',
    sentence: preset.sentence,
    source: preset.source,
    hurtsWhen: 'Each stack loses in another incident: that is what this arm is there to show.',
    change: diff('-  verifier: (what the incident has)', `+  verifier: ${preset.id}`),
    apply: (scenario) => withPreset(scenario, preset, id),
  };
}

function withPreset(scenario: Scenario, { profile }: VerifierPreset, id: string): Scenario | NotApplicable {
  const verifiers = hostsOf(scenario, backend).flatMap(({ options }) => options.verifier ?? []);
  if (verifiers.length === 0) return { notApplicable: 'no instance verifies bearer tokens' };
  if (verifiers.every((verifier) => isAlike(verifier, profile))) {
    return { notApplicable: 'every instance has this verifier already' };
  }
  return withRole(scenario, backend, (options) => {
    if (options.verifier === undefined || isAlike(options.verifier, profile)) return options;
    return { ...options, verifier: { ...profile, acts: { fetch: id } } };
  });
}

function isAlike(one: VerifierProfile, other: VerifierProfile): boolean {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])] as (keyof VerifierProfile)[];
  return names.every((name) => textOf(one[name]) === textOf(other[name]));
}

/** Infinity has no JSON. */
function textOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? '');
}
