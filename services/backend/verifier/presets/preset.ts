/** What a preset is: the knobs of one real verifier, each with where its value comes from, and what they cannot say. */
import { verifierProfile, type VerifierProfile } from '../profile.ts';

/** The value of a knob and its source. */
export type Sourced<T> = readonly [value: T, source: string];

export type SourcedKnobs = { readonly [K in keyof VerifierProfile]?: Sourced<VerifierProfile[K]> };

export interface VerifierPreset {
  readonly id: string;
  /** One sentence for lists: how it behaves. */
  readonly sentence: string;
  /** Library and version, and how the numbers were got. */
  readonly source: string;
  readonly profile: VerifierProfile;
  /** Where the value of each knob comes from; a knob that is not here is not known to differ from the default. */
  readonly sources: Readonly<Partial<Record<keyof VerifierProfile, string>>>;
  /** What the real one does and this does not. */
  readonly differences: readonly string[];
}

export interface PresetText {
  readonly id: string;
  readonly sentence: string;
  readonly source: string;
  readonly differences?: readonly string[];
}

/** Measured with the published package against an IdP on loopback, Node 20.20.2, clocks shifted. */
export const MEASURED = 'measured';
/** Read in the source of the published package. */
export const READ = 'read in its source';
/** The library leaves it to the application, or nobody has looked. */
export const OURS = 'ours: the library leaves it to the application';

/** A preset of its own. @throws SimulatorError for a knob out of bounds */
export function presetOf(text: PresetText, knobs: SourcedKnobs): VerifierPreset {
  const { id, sentence, source, differences = [] } = text;
  return { id, sentence, source, differences, profile: verifierProfile(each(knobs, 0)), sources: each(knobs, 1) };
}

/** A preset that differs from another one in these knobs. Its differences from the real one hold as well. */
export function variantOf(base: VerifierPreset, text: PresetText, knobs: SourcedKnobs): VerifierPreset {
  const variant = presetOf(text, knobs);
  return {
    ...variant,
    profile: verifierProfile({ ...base.profile, ...each<Partial<VerifierProfile>>(knobs, 0) }),
    sources: { ...base.sources, ...variant.sources },
    differences: [...base.differences, ...variant.differences],
  };
}

function each<T extends object>(knobs: SourcedKnobs, index: 0 | 1): T {
  return Object.fromEntries(Object.entries(knobs).map(([name, sourced]) => [name, sourced[index]])) as T;
}
