/** Door-keepers by their options. */
import type { World } from '../../../simulator/contract/index.ts';
import { AgentBlocker, VersionGate } from './agents.ts';
import type { Guard, ReadExpiry } from './guard.ts';
import type { GuardOptions } from './options.ts';
import { SuccessRateGuard } from './success-rate.ts';
import { TalkerCounter } from './talkers.ts';
import { ExpiryReader, RefusalMemory } from './tokens.ts';

export type { Guard, ReadExpiry } from './guard.ts';
export type * from './options.ts';
export { EXCESS_REQUESTS, TALKERS_PATH } from './talkers.ts';

export function makeGuard(world: World, options: GuardOptions, expiryOf: ReadExpiry): Guard {
  switch (options.kind) {
    case 'agent-block':
      return new AgentBlocker(world, options);
    case 'minimum-version':
      return new VersionGate(world, options);
    case 'expired-tokens':
      return new ExpiryReader(world, options, expiryOf);
    case 'dead-token-cache':
      return new RefusalMemory(world, options);
    case 'success-rate':
      return new SuccessRateGuard(world, options);
    case 'talker-count':
      return new TalkerCounter(world, options);
  }
}
