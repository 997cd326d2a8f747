/**
 * A client that may spend only so much on retries: three budgets that people run. Whether one bounds a storm depends on what
 * it earns without successes. The pauses stay the client’s own; when nothing is left it waits until it needs a token anyway.
 */
import type { Mitigation, NotApplicable, Scenario } from '../../../simulator/contract/index.ts';
import type { RetryOptions } from '../../clients/retry/index.ts';
import { awsSdkStandard, finagle, grpcA6 } from '../../clients/retry-presets/index.ts';
import { diff } from '../diff.ts';
import { withRetry } from './desktop-clients.ts';

export const retryBudget: Mitigation = {
  id: 'retry-budget',
  family: 'retry-storm',
  place: 'client',
  sentence:
    'Retries of a client cost 5 (10 after a time-out) from a bucket of 500 that only successes fill: at most 100.',
  source: 'AWS SDK, standard retry mode (aws-sdk-ruby, retry_quota.rb); the next occasion after an hour is ours.',
  hurtsWhen: 'A client that has spent it all in an outage does not come back until its next occasion.',
  change: diff(
    '+  const budget = new RetryQuota({ capacity: 500, retryCost: 5, timeoutCost: 10 });',
    '-  setTimeout(refresh, 10_000);',
    '+  if (budget.acquire(error)) setTimeout(refresh, 10_000);',
  ),
  apply: (scenario) => budgeted(scenario, awsSdkStandard, 'retry-budget'),
};

export const retryBudgetGrpc: Mitigation = {
  id: 'retry-budget-grpc',
  family: 'retry-storm',
  place: 'client',
  sentence:
    'A failure takes one of a client’s 10 tokens, a success gives back a tenth; with half of them gone it stops retrying.',
  source: 'gRPC retry throttling, grpc/proposal A6-client-retries.md (its example: maxTokens 10, tokenRatio 0.1).',
  hurtsWhen:
    'Five failures in a row end the retries of a client that rarely succeeds at anything: short outages look long.',
  change: diff('+  "retryThrottling": { "maxTokens": 10, "tokenRatio": 0.1 }'),
  apply: (scenario) => budgeted(scenario, grpcA6, 'retry-budget-grpc'),
};

export const retryBudgetFinagle: Mitigation = {
  id: 'retry-budget-finagle',
  family: 'retry-storm',
  place: 'client',
  sentence: 'Retries of a client are at most 20 % of its requests and 10 a second.',
  source: 'Finagle RetryBudget (twitter/finagle, RetryBudget.scala): 20 %, 10 a second, over 10 s.',
  hurtsWhen: 'Many small clients: the 10 a second are free for each of them, so that the budget never binds.',
  change: diff(
    '+  client.withRetryBudget(RetryBudget(ttl = 10.seconds, minRetriesPerSec = 10, percentCanRetry = 0.2))',
  ),
  apply: (scenario) => budgeted(scenario, finagle, 'retry-budget-finagle'),
};

function budgeted(scenario: Scenario, { budget }: RetryOptions, actedAs: string): Scenario | NotApplicable {
  return withRetry(scenario, () => ({ budget: { ...budget!, actedAs } }));
}
