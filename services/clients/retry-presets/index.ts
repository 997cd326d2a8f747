/** Named retry policies of clients that people run, each with its source. A play can name one in place of the numbers. */
import { SimulatorError } from '../../../simulator/contract/index.ts';
import type { RetryOptions } from '../retry/index.ts';
import { awsSdk2026, awsSdkStandard } from './aws.ts';
import { envoyRetryBudget, finagle } from './budgets.ts';
import { googleAdaptiveThrottling } from './google.ts';
import { grpcA6 } from './grpc.ts';
import { axiosRetry, cockatiel, pRetry } from './npm.ts';

export { awsSdk2026, awsSdkStandard, finagle, googleAdaptiveThrottling, grpcA6 };

export const retryPresets = {
  'aws-sdk-standard': awsSdkStandard,
  'aws-sdk-2026': awsSdk2026,
  'grpc-a6': grpcA6,
  finagle,
  'envoy-retry-budget': envoyRetryBudget,
  'google-adaptive-throttling': googleAdaptiveThrottling,
  'axios-retry': axiosRetry,
  'p-retry': pRetry,
  cockatiel,
} as const satisfies Readonly<Record<string, RetryOptions>>;

export type RetryPresetName = keyof typeof retryPresets;

/**
 * A policy by its name, or itself.
 * @throws SimulatorError `bad-scenario` for a name that there is not, with those that there are
 */
export function retryOptionsOf(retry: RetryOptions | RetryPresetName): RetryOptions {
  if (typeof retry !== 'string') return retry;
  const preset: RetryOptions | undefined = Object.hasOwn(retryPresets, retry) ? retryPresets[retry] : undefined;
  if (preset !== undefined) return preset;
  const names = Object.keys(retryPresets).join(', ');
  throw new SimulatorError('bad-scenario', `There is no retry preset "${String(retry)}".`, `Known: ${names}.`);
}
