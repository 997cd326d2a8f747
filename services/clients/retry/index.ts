/** Retrying: the policy of a client, and one client's state of it. */
export { RetryControl, type RetrySite } from './control.ts';
export { makeRetrySite } from './site.ts';
export type {
  AdaptiveThrottle,
  BackOff,
  CircuitBreaker,
  RetryAfterRule,
  RetryBudget,
  RetryOptions,
} from './options.ts';
