/** A client that stops asking for a while after failures in a row. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import type { CircuitBreaker } from '../../clients/retry/index.ts';
import { diff } from '../diff.ts';
import { withRetry } from './desktop-clients.ts';

const ID = 'client-circuit-breaker';

/** Five in a row are ours; a minute open is `waitDurationInOpenState` of Resilience4j. Then one request goes through and decides. */
const BREAKER: CircuitBreaker = { failuresInRow: 5, openMs: 60_000 };

export const clientCircuitBreaker: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'client',
  sentence: 'After 5 failures in a row a client asks once a minute only, until it is answered well.',
  source: 'Nygard, Release It! (2007); a minute open is the default of Resilience4j, 5 in a row is ours.',
  hurtsWhen:
    'A breaker shared by unlike calls shuts the good ones out, and each client still asks once a minute for ever.',
  change: diff(
    '+  const breaker = circuitBreaker(handleAll, { halfOpenAfter: 60_000, breaker: new ConsecutiveBreaker(5) });',
    '-  await refresh();',
    '+  await breaker.execute(refresh);',
  ),
  apply: (scenario) => withRetry(scenario, () => ({ breaker: { ...BREAKER, actedAs: ID } })),
};
