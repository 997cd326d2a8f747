/** A client that waits longer each time, with jitter and without: alone it is kind to the server, in a crowd only the first is. */
import type { Mitigation, NotApplicable, Scenario } from '../../../simulator/contract/index.ts';
import type { BackOff } from '../../clients/retry/index.ts';
import { diff } from '../diff.ts';
import { withRetry } from './desktop-clients.ts';

/** From the pause that the client has today, doubled up to one hour: the cap is ours, a common lifetime of access tokens. */
const CAP_MS = 3_600_000;

export const clientBackOffJitter: Mitigation = {
  id: 'client-backoff-jitter',
  family: 'retry-storm',
  place: 'client',
  sentence: 'Clients wait a random time up to a bound that doubles with each failure, up to one hour.',
  source:
    'AWS Architecture Blog 2015, “Exponential Backoff And Jitter” (full jitter: U(0, min(cap, base · 2^n))); base and cap are ours.',
  hurtsWhen:
    'After a long outage the last pause is long as well: clients come back up to the cap later than the service.',
  change: diff(
    '-  setTimeout(refresh, 10_000);',
    '+  setTimeout(refresh, Math.random() * Math.min(3_600_000, 10_000 * 2 ** n++));',
  ),
  apply: (scenario) => backedOff(scenario, 'full-jitter', 'client-backoff-jitter'),
};

export const clientBackOffWithoutJitter: Mitigation = {
  id: 'client-backoff-no-jitter',
  family: 'retry-storm',
  place: 'client',
  sentence: 'Clients double their pause with each failure, up to one hour, without jitter.',
  source: 'p-retry and many others without options: exponential, no jitter (its readme); base and cap are ours.',
  hurtsWhen: 'Clients that failed together come back together: each wave is as high as the first, only rarer.',
  change: diff('-  setTimeout(refresh, 10_000);', '+  setTimeout(refresh, Math.min(3_600_000, 10_000 * 2 ** n++));'),
  apply: (scenario) => backedOff(scenario, 'exponential', 'client-backoff-no-jitter'),
};

function backedOff(scenario: Scenario, kind: BackOff['kind'], actedAs: string): Scenario | NotApplicable {
  return withRetry(scenario, ({ retryMs }) => ({ backOff: { kind, baseMs: retryMs, capMs: CAP_MS, actedAs } }));
}
