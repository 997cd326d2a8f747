/** The balancers that a scenario can name. */
import { SimulatorError } from '../../../simulator/contract/index.ts';
import { envoy } from './envoy.ts';
import { haproxy } from './haproxy.ts';
import { kong } from './kong.ts';
import { nginx } from './nginx.ts';
import { plain } from './plain.ts';
import type { RouterPreset } from './preset.ts';

export type { RouterPreset } from './preset.ts';

/** In the order of lists. */
export const ROUTER_PRESETS: readonly RouterPreset[] = [plain, envoy, haproxy, nginx, kong];

/** @throws SimulatorError `bad-argument` with the ids there are */
export function routerPreset(id: string): RouterPreset {
  const preset = ROUTER_PRESETS.find((candidate) => candidate.id === id);
  if (preset !== undefined) return preset;
  const known = ROUTER_PRESETS.map((candidate) => candidate.id).join(', ');
  throw new SimulatorError('bad-argument', `There is no router preset "${id}".`, `Take one of: ${known}.`);
}
