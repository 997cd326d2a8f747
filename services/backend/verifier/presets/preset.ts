/** What a preset is: the knobs of one real verifier, with where they come from. */
import type { VerifierProfile } from '../profile.ts';

export interface VerifierPreset {
  readonly id: string;
  /** One sentence for lists: how it behaves. */
  readonly sentence: string;
  /** Library and version, and how the numbers were got. */
  readonly source: string;
  readonly profile: VerifierProfile;
}
