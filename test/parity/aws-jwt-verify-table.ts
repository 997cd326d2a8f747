/** What aws-jwt-verify 5.2.1 does with each fault: no maximum age, one more try for what broke off, a penalty of 10 s. */
import { doesNoHarm, FAILING, failsCold, FIFTY_SHARE, type Fault, type LibraryTable } from './library-scripts.ts';
import { advance, answer, fetches, flood, heal, present, wait } from './script.ts';

/** Statuses and documents are final, a connection that breaks is tried once more. */
const AWS_COSTS: Readonly<Partial<Record<Fault, number>>> = { reset: 2, 'cut-body': 2, down: 2 };

export const awsJwtVerify: LibraryTable = {
  preset: 'aws-jwt-verify',
  quick: [
    ...FAILING.map((fault) => failsCold(fault, AWS_COSTS[fault] ?? 1)),
    ...(
      ['unknown-kty-beside', 'malformed-beside', 'ed25519-beside', 'wrong-content-type', 'duplicate-kid'] as const
    ).map(doesNoHarm),
    doesNoHarm('five-thousand-keys'),
    FIFTY_SHARE,
    {
      name: 'known keys serve through an outage of a day, and an unknown kid costs them nothing',
      acts: [
        present('good', 'accepted'),
        answer('status-503'),
        advance(7 * 3600),
        present('good', 'accepted'),
        present('next', 'keys-unavailable'),
        present('good', 'accepted'),
        fetches(2),
      ],
    },
    {
      name: 'a removed key is accepted until an unknown kid has the set fetched',
      acts: [
        present('good', 'accepted'),
        answer('rotated-set'),
        advance(3600),
        present('good', 'accepted'),
        fetches(1),
        present('next', 'accepted'),
        present('good', 'unknown-kid'),
        fetches(3),
      ],
    },
    {
      name: 'a key that is new is accepted at once, 100 unknown kids after it cost one fetch',
      acts: [
        present('good', 'accepted'),
        answer('both-set'),
        present('next', 'accepted'),
        flood(100, 'unknown-kid'),
        present('good', 'accepted'),
        fetches(3),
      ],
    },
  ],
  slow: [
    failsCold('hang', 2),
    {
      name: 'a kid that was not there puts the address into the penalty box for 10 s',
      acts: [
        present('good', 'accepted'),
        present('next', 'unknown-kid'),
        answer('both-set'),
        present('next', 'unknown-kid'),
        wait(9),
        present('next', 'unknown-kid'),
        fetches(2),
        wait(2),
        present('next', 'accepted'),
        fetches(3),
      ],
    },
    {
      name: 'an empty set at the first fetch rejects until the penalty is over',
      acts: [
        answer('empty-set'),
        present('good', 'unknown-kid'),
        heal,
        wait(9),
        present('good', 'unknown-kid'),
        wait(2),
        present('good', 'accepted'),
        fetches(2),
      ],
    },
  ],
  differences: [
    {
      name: 'rsa-of-same-kid-beside: the real one takes the first key of the kid',
      acts: [answer('rsa-of-same-kid-beside'), present('good', 'rejected')],
      inModel: ['good: accepted'],
    },
    {
      name: 'without-kid: the real one demands a kid',
      acts: [present('without-kid', 'rejected')],
      inModel: ['without-kid: accepted'],
    },
  ],
};
