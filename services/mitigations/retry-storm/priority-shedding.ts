/** The important first: who has a session, then who signs in, then what clients do by themselves. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { withLine } from './auth-door.ts';

const ID = 'priority-shedding';

export const priorityShedding: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'auth-service',
  sentence:
    'Sessions are served before sign-ins, sign-ins before background renewals; a full line turns the least important away with 503.',
  source:
    'Netflix, prioritized load shedding (user-initiated before prefetch); Square did it by hand on September 7 2023. Retry-After 60 is ours.',
  hurtsWhen:
    'A renewal that somebody waits for counts as background, and whoever learns the order can pose as important.',
  change: diff(
    '+  const rank = (r) => (r.path !== "/token" ? 0 : r.body.grant_type === "refresh_token" ? 2 : 1);',
    '-  queue.push(request);',
    '+  queue.push(request, { priority: rank(request), whenFull: "evict-lowest" });',
  ),
  apply: (scenario) => withLine(scenario, () => ({ turns: { kind: 'priority', retryAfterSeconds: 60, actedAs: ID } })),
};
