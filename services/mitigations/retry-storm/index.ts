/** Against clients that answer a refusal by asking again: what the owner did or planned first, then what else is common. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { authServiceAlert } from './auth-service-alert.ts';
import { fixedClient } from './fixed-client.ts';
import { perClientRateLimit } from './per-client-rate-limit.ts';

export const retryStorm: readonly Mitigation[] = [perClientRateLimit, fixedClient, authServiceAlert];
