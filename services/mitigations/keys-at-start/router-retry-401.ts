/** A second opinion: a request that one instance refuses is shown to another one before its user hears of it. */
import type { Mitigation, NotApplicable, Scenario } from '../../../simulator/contract/index.ts';
import type { RetryOptions, RouterOptions } from '../../router/index.ts';
import { diff } from '../diff.ts';
import { NO_BALANCER, NO_TOKENS, tokenPools, tokenRouters, withTokenRouters } from './token-instances.ts';

const ID = 'router-retry-401';

export const routerRetry401: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'router',
  sentence: 'A request answered 401 is tried once more, on another instance.',
  source: 'HAProxy’s retry-on 401 (doc/configuration.txt, August 21 2026); one further try is ours.',
  hurtsWhen:
    'Tokens are refused rightly: each expired or forged one costs two requests, and it takes only one of two instances with old keys to let a withdrawn key in.',
  change: diff('   backend api', '+    option redispatch 1', '+    retry-on conn-failure 401', '+    retries 1'),
  apply: askingTwice,
};

function askingTwice(scenario: Scenario): Scenario | NotApplicable {
  if (tokenPools(scenario).length === 0) return NO_TOKENS;
  const balancers = tokenRouters(scenario);
  if (balancers.length === 0) return NO_BALANCER;
  if (balancers.every(({ options }) => withRetry(options) === options)) {
    return { notApplicable: 'the balancer tries another instance upon a 401 already' };
  }
  return withTokenRouters(scenario, withRetry);
}

function withRetry(options: RouterOptions): RouterOptions {
  const { attemptCount = 0, retries = [] } = options.retry ?? {};
  if (retries.includes('401') || retries.includes('4xx')) return options;
  const retry: RetryOptions = {
    attemptCount: Math.max(1, attemptCount),
    retries: [...retries, '401'],
    added: { words: ['401'], actedAs: ID },
  };
  return { ...options, retry };
}
