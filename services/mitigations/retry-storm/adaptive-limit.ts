/** A concurrency limit that the service finds by itself, from how much longer requests take than they should. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { envoyAdaptiveConcurrency, netflixGradient2 } from '../../admission/index.ts';
import { diff } from '../diff.ts';
import { withLimit } from './auth-door.ts';

export const adaptiveLimitGradient: Mitigation = {
  id: 'adaptive-limit-gradient',
  family: 'retry-storm',
  place: 'auth-service',
  sentence: 'The service limits its concurrency by the gradient of its latency, and refuses the rest with 503.',
  source:
    'Netflix/concurrency-limits, Gradient2Limit with its defaults; initial and least limit cut to the places and workers of a small service (ours).',
  hurtsWhen:
    'A short accept queue keeps the latency low and drops the rest unseen: there is no gradient to see. Requests of unlike length look like load.',
  change: diff(
    '+  limiter = new GrpcServerLimiterBuilder().limit(Gradient2Limit.newBuilder().minLimit(workers).build()).build();',
  ),
  apply: (scenario) =>
    withLimit(scenario, ({ capacity: { concurrency, queueLimit } }) => ({
      rule: {
        ...netflixGradient2,
        initial: Math.min(netflixGradient2.initial, concurrency + queueLimit),
        min: Math.min(netflixGradient2.min, concurrency),
      },
      status: 503,
      actedAs: 'adaptive-limit-gradient',
    })),
};

export const adaptiveLimitEnvoy: Mitigation = {
  id: 'adaptive-limit-envoy',
  family: 'retry-storm',
  place: 'edge',
  sentence:
    'A proxy measures the latency without load once a minute and limits the concurrency by how far it is exceeded.',
  source:
    'Envoy, adaptive concurrency filter, defaults of adaptive_concurrency.proto; the minute is its documentation’s example.',
  hurtsWhen: 'While it measures it lets only 3 requests in, and a service with few requests never ends measuring.',
  change: diff(
    '+  - name: envoy.filters.http.adaptive_concurrency',
    '+    gradient_controller_config: { sample_aggregate_percentile: { value: 50 } }',
  ),
  apply: (scenario) =>
    withLimit(scenario, () => ({
      rule: envoyAdaptiveConcurrency,
      status: 503,
      actedAs: 'adaptive-limit-envoy',
    })),
};
