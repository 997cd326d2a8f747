/**
 * Adaptive throttling of Google’s clients (Beyer et al., Site Reliability Engineering, 2016, chapter 21): K = 2 over two
 * minutes, three attempts a request.
 */
import type { RetryOptions } from '../retry/index.ts';

export const googleAdaptiveThrottling: RetryOptions = {
  maxAttempts: 3,
  throttle: { k: 2, windowMs: 120_000 },
};
