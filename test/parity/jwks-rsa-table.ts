/** What jwks-rsa 4.1.0 does with each fault, with its defaults and with its limit. */
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

/** A body that breaks off never settles in jwks-rsa; see its test. */
const SETTLING = FAILING.filter((fault) => fault !== 'cut-body');

export const jwksRsa: LibraryTable = {
  preset: 'jwks-rsa',
  quick: [
    ...SETTLING.map((fault) => failsCold(fault, 1)),
    ...SETTLING.map((fault) => failsPastAge(fault, 600)),
    lacks('empty-set', 'keys-unavailable', 0),
    lacks('stale-set', 'unknown-kid', 0),
    lacks('no-kid-set', 'unknown-kid', 0),
    misleads('same-kid-other-material', 600),
    ...(['unknown-kty-beside', 'malformed-beside', 'ed25519-beside', 'wrong-content-type'] as const).map(doesNoHarm),
    doesNoHarm('duplicate-kid'),
    FIFTY_SHARE,
    {
      name: 'every unknown kid is a fetch, and a new key is accepted at once',
      acts: [
        present('good', 'accepted'),
        flood(100, 'unknown-kid'),
        fetches(101),
        answer('both-set'),
        present('next', 'accepted'),
        fetches(102),
      ],
    },
    {
      name: 'a removed key lives on for its own age though the new one was fetched since',
      acts: [
        present('good', 'accepted'),
        answer('rotated-set'),
        advance(300),
        present('next', 'accepted'),
        advance(298),
        present('good', 'accepted'),
        advance(4),
        present('good', 'unknown-kid'),
        present('next', 'accepted'),
        fetches(3),
      ],
    },
    {
      name: 'an unknown kid during an outage costs known keys nothing',
      acts: [
        present('good', 'accepted'),
        answer('status-503'),
        advance(120),
        present('next', 'keys-unavailable'),
        present('good', 'accepted'),
        fetches(2),
      ],
    },
  ],
  slow: [failsCold('hang', 1)],
  differences: [
    {
      name: 'encryption-set has no signing key at all, which the real one calls an error of the document',
      acts: [answer('encryption-set'), present('good', 'keys-unavailable')],
      inModel: ['good: unknown-kid'],
    },
    {
      name: 'rsa-of-same-kid-beside: the real one takes the first key of the kid',
      acts: [answer('rsa-of-same-kid-beside'), present('good', 'rejected')],
      inModel: ['good: accepted'],
    },
  ],
};

export const jwksRsaRateLimited: LibraryTable = {
  preset: 'jwks-rsa-rate-limited',
  quick: [
    {
      name: 'a limit that an outage has spent rejects after it',
      acts: [
        answer('status-503'),
        ...Array.from({ length: 12 }, () => present('good', 'keys-unavailable')),
        fetches(10),
        heal,
        present('good', 'keys-unavailable'),
        advance(50),
        present('good', 'keys-unavailable'),
        fetches(10),
        advance(11),
        present('good', 'accepted'),
        fetches(11),
      ],
    },
    {
      name: 'a flood of unknown kids spends the limit for the key that is new',
      acts: [
        present('good', 'accepted'),
        advance(120),
        ...Array.from({ length: 10 }, () => present('next', 'unknown-kid')),
        answer('both-set'),
        present('next', 'keys-unavailable'),
        present('good', 'accepted'),
        fetches(11),
        advance(61),
        present('next', 'accepted'),
        fetches(12),
      ],
    },
  ],
  slow: [],
  differences: [],
};
