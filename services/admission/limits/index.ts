/** Limits on what is in a service at once, by their options. */
import type { World } from '../../../simulator/contract/index.ts';
import { EnvoyGradientLimit } from './envoy-gradient.ts';
import { GradientLimit } from './gradient2.ts';
import { FixedLimit, type Limit, type LimitRule } from './limit.ts';
import { AimdLimit, VegasLimit } from './vegas.ts';

export type * from './limit.ts';

export function makeLimit(world: World, rule: LimitRule): Limit {
  switch (rule.kind) {
    case 'fixed':
      return new FixedLimit(rule);
    case 'gradient2':
      return new GradientLimit(rule);
    case 'vegas':
      return new VegasLimit(rule, world.draws('admission/vegas-probe'));
    case 'aimd':
      return new AimdLimit(rule);
    case 'envoy-gradient':
      return new EnvoyGradientLimit(rule);
  }
}
