/** What oauth4webapi 3.8.8 does with each fault: its set is fresh for 5 minutes, and known by its kids for one. */
import {
  doesNoHarm,
  FAILING,
  failsCold,
  failsPastAge,
  FIFTY_SHARE,
  lacks,
  misleads,
  type LibraryTable,
} from './library-scripts.ts';
import { advance, answer, fetches, flood, heal, present } from './script.ts';

export const oauth4webapi: LibraryTable = {
  preset: 'oauth4webapi',
  quick: [
    ...FAILING.map((fault) => failsCold(fault, 1)),
    ...FAILING.map((fault) => failsPastAge(fault, 300)),
    ...(['empty-set', 'stale-set', 'no-kid-set', 'encryption-set', 'other-algorithm-set'] as const).map((document) =>
      lacks(document, 'unknown-kid', 60),
    ),
    misleads('same-kid-other-material', 300),
    misleads('duplicate-kid', 300),
    ...(
      [
        'unknown-kty-beside',
        'malformed-beside',
        'ed25519-beside',
        'rsa-of-same-kid-beside',
        'p384-of-same-kid-beside',
        'five-thousand-keys',
        'wrong-content-type',
      ] as const
    ).map(doesNoHarm),
    FIFTY_SHARE,
    {
      name: '100 unknown kids cost no fetch in the first minute, and one after it',
      acts: [
        present('good', 'accepted'),
        flood(100, 'unknown-kid'),
        fetches(1),
        advance(61),
        flood(100, 'unknown-kid'),
        fetches(2),
        present('good', 'accepted'),
      ],
    },
    {
      name: 'an unknown kid during an outage costs every known key',
      acts: [
        present('good', 'accepted'),
        answer('status-503'),
        advance(120),
        present('good', 'accepted'),
        present('next', 'keys-unavailable'),
        present('good', 'keys-unavailable'),
        fetches(3),
        heal,
        present('good', 'accepted'),
        fetches(4),
      ],
    },
    {
      name: 'a key that signs before it is published is rejected for a minute, then found with one fetch',
      acts: [
        present('good', 'accepted'),
        answer('both-set'),
        present('next', 'unknown-kid'),
        advance(61),
        present('next', 'accepted'),
        present('good', 'accepted'),
        fetches(2),
      ],
    },
  ],
  slow: [],
  differences: [],
};
