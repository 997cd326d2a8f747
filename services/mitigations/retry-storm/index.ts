/** Against clients that answer a refusal by asking again: what the owner did or planned first, then what else is common. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { adaptiveLifoCodel } from './adaptive-lifo-codel.ts';
import { adaptiveLimitEnvoy, adaptiveLimitGradient } from './adaptive-limit.ts';
import { authServiceAlert } from './auth-service-alert.ts';
import { breakGlassLifetime } from './break-glass-lifetime.ts';
import { bulkheadPerFlow } from './bulkhead-per-flow.ts';
import { clientAdaptiveThrottling } from './client-adaptive-throttling.ts';
import { clientBackOffJitter, clientBackOffWithoutJitter } from './client-backoff.ts';
import { clientCircuitBreaker } from './client-circuit-breaker.ts';
import { blockByUserAgent, minimumVersionGate } from './client-gates.ts';
import { clientKillSwitch } from './client-kill-switch.ts';
import { deadlinePropagation } from './deadline-propagation.ts';
import { fixedClient } from './fixed-client.ts';
import { globalConcurrencyLimit } from './global-concurrency-limit.ts';
import { jitteredExpiry } from './jittered-expiry.ts';
import { negativeCacheDeadTokens } from './negative-cache-dead-tokens.ts';
import { perClientRateLimit } from './per-client-rate-limit.ts';
import { priorityShedding } from './priority-shedding.ts';
import { rejectExpiredAtEdge } from './reject-expired-at-edge.ts';
import { retryAfterIgnored, retryAfterObeyed } from './retry-after.ts';
import { retryBudget, retryBudgetFinagle, retryBudgetGrpc } from './retry-budget.ts';
import { scaleOutAuth } from './scale-out-auth.ts';
import { hungSignInAlert, topTalkerAlert } from './sign-in-watch.ts';
import { singleFlightRefresh } from './single-flight-refresh.ts';
import { successRateAdmission } from './success-rate-admission.ts';

export const retryStorm: readonly Mitigation[] = [
  perClientRateLimit,
  fixedClient,
  authServiceAlert,
  clientBackOffJitter,
  clientBackOffWithoutJitter,
  retryBudget,
  retryBudgetGrpc,
  retryBudgetFinagle,
  clientCircuitBreaker,
  clientAdaptiveThrottling,
  retryAfterObeyed,
  retryAfterIgnored,
  globalConcurrencyLimit,
  adaptiveLimitGradient,
  adaptiveLimitEnvoy,
  successRateAdmission,
  priorityShedding,
  adaptiveLifoCodel,
  bulkheadPerFlow,
  rejectExpiredAtEdge,
  negativeCacheDeadTokens,
  singleFlightRefresh,
  minimumVersionGate,
  blockByUserAgent,
  clientKillSwitch,
  breakGlassLifetime,
  jitteredExpiry,
  deadlinePropagation,
  scaleOutAuth,
  hungSignInAlert,
  topTalkerAlert,
];
