/** A long line that never stands: whoever has waited too long is turned away, and the newest is served first. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { controlledDelayFor } from '../../admission/index.ts';
import { diff } from '../diff.ts';
import { withLine } from './auth-door.ts';

const ID = 'adaptive-lifo-codel';

/** The backlog of Node’s `server.listen`: with controlled delay the time bounds the line, not its length. */
const PLACES = 511;

export const adaptiveLifoCodel: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'auth-service',
  sentence: 'When the line has not emptied for a while, the newest is served first and the rest is turned away soon.',
  source:
    'Maurer, “Fail at Scale”, ACM Queue 13(8), 2015 (5 ms and 100 ms); scaled to the time that one request takes, as RFC 8289 4.2 keeps 1 to 20.',
  hurtsWhen: 'A sign-in is several requests in a row: where most are turned away, few get through all of them.',
  change: diff(
    '+  const standing = now - queue.lastEmptyMs > intervalMs;',
    '+  request.untilMs = now + (standing ? targetMs : intervalMs);',
    '-  next = queue.shift();',
    '+  next = standing ? queue.pop() : queue.shift();',
  ),
  apply: (scenario) =>
    withLine(scenario, ({ serviceTimes }) => ({
      queueLimit: PLACES,
      delay: { ...controlledDelayFor(serviceTimes.token.meanMs), actedAs: ID },
    })),
};
