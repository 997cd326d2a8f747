/** The verifiers that a scenario can name. */
import { SimulatorError } from '../../../../simulator/contract/index.ts';
import { bootFetchSwallowed } from './boot-fetch-swallowed.ts';
import { jose } from './jose.ts';
import type { VerifierPreset } from './preset.ts';

export type { VerifierPreset } from './preset.ts';

/** In the order of lists. */
export const VERIFIER_PRESETS: readonly VerifierPreset[] = [jose, bootFetchSwallowed];

/** @throws SimulatorError `bad-argument` with the ids there are */
export function verifierPreset(id: string): VerifierPreset {
  const preset = VERIFIER_PRESETS.find((candidate) => candidate.id === id);
  if (preset !== undefined) return preset;
  const known = VERIFIER_PRESETS.map((candidate) => candidate.id).join(', ');
  throw new SimulatorError('bad-argument', `There is no verifier preset "${id}".`, `Take one of: ${known}.`);
}
