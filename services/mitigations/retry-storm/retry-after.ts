/** A full service that says so, and when to come back: to clients that obey it, and to clients that do not. */
import {
  isNotApplicable,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { withLimit } from './auth-door.ts';
import { withRetry } from './desktop-clients.ts';

/** One minute, as the owner’s rate limit says; longer requests are obeyed up to an hour. Both ours. */
const RETRY_AFTER_SECONDS = 60;
const OBEYED_UP_TO_MS = 3_600_000;

const SERVER_CHANGE = [
  '   location / {',
  '+    limit_conn service 5;',
  '+    limit_conn_status 429;',
  '+    add_header Retry-After 60 always;',
] as const;

export const retryAfterObeyed: Mitigation = {
  id: 'retry-after-obeyed',
  family: 'retry-storm',
  place: 'edge',
  sentence: 'What finds no place is answered 429 with Retry-After: 60 instead of being dropped, and clients obey it.',
  source: 'RFC 6585 section 4 (429 with Retry-After), RFC 9110 10.2.3; the minute is ours.',
  hurtsWhen:
    'All whom it told the same number come back in the same second; people are refused at once where they would have waited.',
  change: diff(
    ...SERVER_CHANGE,
    '   // client',
    '+  const pauseMs = Math.max(10_000, 1000 * response.headers["retry-after"]);',
  ),
  apply: (scenario) => {
    const told = refused(scenario, 'retry-after-obeyed');
    if (isNotApplicable(told)) return told;
    return withRetry(told, () => ({ retryAfter: { capMs: OBEYED_UP_TO_MS, actedAs: 'retry-after-obeyed' } }));
  },
};

export const retryAfterIgnored: Mitigation = {
  id: 'retry-after-ignored',
  family: 'retry-storm',
  place: 'edge',
  sentence:
    'What finds no place is answered 429 with Retry-After: 60 instead of being dropped; clients come back when they like.',
  source: 'RFC 6585 section 4; that clients ignore it is the common case (axios-retry 4.5.0 has no delay by default).',
  hurtsWhen: 'An answer frees the client to ask again at once: a drop had kept it busy with TCP’s own back-off.',
  change: diff(...SERVER_CHANGE),
  apply: (scenario) => refused(scenario, 'retry-after-ignored'),
};

function refused(scenario: Scenario, actedAs: string): Scenario | NotApplicable {
  return withLimit(scenario, ({ capacity }) => ({
    rule: { kind: 'fixed', limit: capacity.concurrency + capacity.queueLimit },
    status: 429,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    actedAs,
  }));
}
