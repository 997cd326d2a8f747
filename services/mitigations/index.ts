/** Every mitigation that can be scored, family by family. */
import type { Mitigation } from '../../simulator/contract/index.ts';
import { hostBoundCookie } from './host-bound-cookie/index.ts';
import { keysAtStart } from './keys-at-start/index.ts';
import { retryStorm } from './retry-storm/index.ts';

export const mitigations: readonly Mitigation[] = [...keysAtStart, ...retryStorm, ...hostBoundCookie];
