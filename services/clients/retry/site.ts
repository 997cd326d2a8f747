/** A fleet's share of its clients' retry policy: options, draws, and whose deeds are counted. */
import type { World } from '../../../simulator/contract/index.ts';
import { Deed } from '../../admission/index.ts';
import type { Part, RetrySite } from './control.ts';
import type { RetryOptions } from './options.ts';

const PARTS: readonly Part[] = ['backOff', 'budget', 'breaker', 'throttle', 'retryAfter'];

/** @param scope whose draws these are, for instance `population/desktop` */
export function makeRetrySite(world: World, scope: string, options: RetryOptions): RetrySite {
  const deeds: Partial<Record<Part, Deed>> = {};
  for (const part of PARTS) {
    const deed = Deed.of(world, options[part]?.actedAs);
    if (deed !== undefined) deeds[part] = deed;
  }
  return { options, deeds, draws: world.drawsOf(scope, 'retry') };
}
