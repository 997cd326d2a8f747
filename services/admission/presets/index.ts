/** Named settings of servers and proxies that people run, each with its source. A play can name one in place of the numbers. */
import { SimulatorError } from '../../../simulator/contract/index.ts';
import type { LimitRule } from '../limits/limit.ts';
import { envoyAdaptiveConcurrency } from './envoy.ts';
import { netflixAimd, netflixGradient2, netflixVegas } from './netflix.ts';

export { envoyAdaptiveConcurrency, envoyAdmissionControl } from './envoy.ts';
export { controlledDelayFor, facebookControlledDelay } from './facebook.ts';
export { netflixAimd, netflixGradient2, netflixVegas } from './netflix.ts';

export const limitPresets = {
  'netflix-gradient2': netflixGradient2,
  'netflix-vegas': netflixVegas,
  'netflix-aimd': netflixAimd,
  'envoy-adaptive-concurrency': envoyAdaptiveConcurrency,
} as const satisfies Readonly<Record<string, LimitRule>>;

export type LimitPresetName = keyof typeof limitPresets;

/**
 * A rule by its name, or itself.
 * @throws SimulatorError `bad-scenario` for a name that there is not, with those that there are
 */
export function limitRuleOf(rule: LimitRule | LimitPresetName): LimitRule {
  if (typeof rule !== 'string') return rule;
  const preset: LimitRule | undefined = Object.hasOwn(limitPresets, rule) ? limitPresets[rule] : undefined;
  if (preset !== undefined) return preset;
  const names = Object.keys(limitPresets).join(', ');
  throw new SimulatorError('bad-scenario', `There is no limit preset "${String(rule)}".`, `Known: ${names}.`);
}
