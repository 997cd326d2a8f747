/** A number of requests that may be in the service at once, whoever sends them. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { withLimit } from './auth-door.ts';

const ID = 'global-concurrency-limit';

/** Twice the workers: by Little’s law as many as are worked on at full load, and as many to wait for them. The factor is ours. */
const PER_WORKER = 2;

export const globalConcurrencyLimit: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'auth-service',
  sentence: 'Whatever comes while twice as many requests as workers are inside is refused at once with 503.',
  source: 'Little’s law, as in the README of Netflix/concurrency-limits (limit = rate · latency); twice is ours.',
  hurtsWhen: 'It cannot tell a sign-in from a storm: where most of the load is retries, most of the refused are not.',
  change: diff('+  app.use(concurrencyLimit({ limit: 2 * workers, status: 503 }));', '   app.post("/token", token);'),
  apply: (scenario) =>
    withLimit(scenario, ({ capacity }) => ({
      rule: { kind: 'fixed', limit: PER_WORKER * capacity.concurrency },
      status: 503,
      actedAs: ID,
    })),
};
