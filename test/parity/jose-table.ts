/**
 * What jose 6.2.17 does with each fault of an IdP's key set, as scripts with pinned verdicts and fetch counts. Its times:
 * patience 5 s, cooldown 30 s from the last successful fetch, maximum age 600 s.
 */
import type { DocumentName } from './documents.ts';
import { advance, answer, fetches, flood, heal, present, together, type AnswerFault, type Script } from './script.ts';

/** Faults that fail the fetch, and how. No failure is remembered: the next request tries again. */
const FAILING: readonly (readonly [AnswerFault | DocumentName, string])[] = [
  ['status-503', 'status'],
  ['status-429', 'status'],
  ['html-200', 'document'],
  ['redirect-to-login', 'status'],
  ['empty-body', 'document'],
  ['empty-object', 'document'],
  ['truncated-json', 'document'],
  ['reset', 'reset'],
  ['cut-body', 'cut'],
  ['down', 'refused'],
  ['null-beside', 'document'],
];

/** The same, but each request waits 5 s of real time for its rejection. */
const SLOW_FAILING: readonly AnswerFault[] = ['hang', 'dribble-40s'];

/** Documents that are a success to the cache and lack the key: no further fetch for 30 s. */
const LACKING: readonly DocumentName[] = [
  'empty-set',
  'stale-set',
  'no-kid-set',
  'encryption-set',
  'other-algorithm-set',
];

/** Documents that have the kid and a useless key: nothing asks again before the set is too old. */
const MISLEADING: readonly (readonly [DocumentName, string])[] = [
  ['same-kid-other-material', 'bad-signature'],
  ['duplicate-kid', 'ambiguous-kid'],
];

const HARMLESS: readonly (AnswerFault | DocumentName)[] = [
  'unknown-kty-beside',
  'malformed-beside',
  'ed25519-beside',
  'rsa-of-same-kid-beside',
  'p384-of-same-kid-beside',
  'wrong-content-type',
  'five-thousand-keys',
];

function failsAtFirst(fault: AnswerFault | DocumentName, how: string): Script {
  return {
    name: `${fault} at the first fetch rejects, and heals with the next request`,
    acts: [
      answer(fault),
      present('good', `keys-unavailable (${how})`),
      fetches(1),
      heal,
      present('good', 'accepted'),
      fetches(2),
    ],
  };
}

function failsWhenWarm(fault: AnswerFault | DocumentName, how: string): Script {
  return {
    name: `${fault} past the maximum age rejects everybody, one fetch a request, and heals with the next request`,
    acts: [
      present('good', 'accepted'),
      answer(fault),
      advance(599),
      present('good', 'accepted'),
      fetches(1),
      advance(2),
      present('good', `keys-unavailable (${how})`),
      present('good', `keys-unavailable (${how})`),
      fetches(3),
      heal,
      present('good', 'accepted'),
      fetches(4),
    ],
  };
}

function lacksTheKey(document: DocumentName, warm: boolean): Script {
  const before = warm ? [present('good', 'accepted'), advance(601)] : [];
  const first = before.length === 0 ? 1 : 2;
  return {
    name: `${document} ${warm ? 'past the maximum age' : 'at the first fetch'} rejects until 30 s after it was fetched`,
    acts: [
      ...before,
      answer(document),
      present('good', 'unknown-kid'),
      fetches(first),
      heal,
      advance(28),
      present('good', 'unknown-kid'),
      fetches(first),
      advance(3),
      present('good', 'accepted'),
      fetches(first + 1),
    ],
  };
}

function misleads(document: DocumentName, seen: string): Script {
  return {
    name: `${document} rejects for the whole maximum age`,
    acts: [
      answer(document),
      present('good', seen),
      heal,
      advance(31),
      present('good', seen),
      advance(567),
      present('good', seen),
      fetches(1),
      advance(3),
      present('good', 'accepted'),
      fetches(2),
    ],
  };
}

function doesNoHarm(fault: AnswerFault | DocumentName): Script {
  return {
    name: `${fault} is accepted`,
    acts: [answer(fault), present('good', 'accepted'), present('good', 'accepted'), fetches(1)],
  };
}

const ROTATIONS: readonly Script[] = [
  {
    name: 'a key that signs before it is published is rejected for the cooldown, then found with one fetch',
    acts: [
      present('good', 'accepted'),
      answer('both-set'),
      present('next', 'unknown-kid'),
      advance(31),
      present('next', 'accepted'),
      present('good', 'accepted'),
      fetches(2),
    ],
  },
  {
    name: 'a key that was removed is accepted until the set is fetched again',
    acts: [
      present('good', 'accepted'),
      answer('rotated-set'),
      advance(599),
      present('good', 'accepted'),
      advance(2),
      present('good', 'unknown-kid'),
      fetches(2),
    ],
  },
  {
    name: 'an unknown kid during an outage costs known keys nothing',
    acts: [
      present('good', 'accepted'),
      answer('status-503'),
      advance(31),
      present('next', 'keys-unavailable (status)'),
      present('good', 'accepted'),
      fetches(2),
    ],
  },
];

const LOADS: readonly Script[] = [
  {
    name: '200 unknown kids cost no fetch while cooling down, and one after it',
    acts: [
      present('good', 'accepted'),
      flood(200, 'unknown-kid'),
      fetches(1),
      advance(31),
      flood(200, 'unknown-kid'),
      fetches(2),
      present('good', 'accepted'),
    ],
  },
  {
    name: '50 requests at once share one fetch, good or bad',
    acts: [
      answer('status-503'),
      together(50, 'good', 'keys-unavailable (status)'),
      fetches(1),
      heal,
      together(50, 'good', 'accepted'),
      fetches(2),
    ],
  },
];

const TOKEN_VERDICTS: readonly Script[] = [
  {
    name: 'tokens that no accepted algorithm signed are rejected without a fetch',
    acts: [present('unsigned', 'bad-algorithm'), present('hmac-with-the-public-key', 'bad-algorithm'), fetches(0)],
  },
  {
    name: 'forged and misdirected tokens are rejected with the good key at hand',
    acts: [
      present('forged', 'bad-signature'),
      present('wrong-issuer', 'wrong-issuer'),
      present('wrong-audience', 'wrong-audience'),
      present('naming-the-rsa-key', 'unknown-kid'),
      fetches(1),
    ],
  },
  {
    name: 'times count in whole seconds without tolerance',
    acts: [
      present('expired', 'expired'),
      present('expiring-now', 'expired'),
      present('without-exp', 'accepted'),
      present('not-yet-valid', 'not-yet-valid'),
      present('valid-from-now', 'accepted'),
      advance(61),
      present('not-yet-valid', 'accepted'),
      fetches(1),
    ],
  },
  {
    name: 'a token without kid is accepted by the only key that fits, rejected between two',
    acts: [
      present('without-kid', 'accepted'),
      answer('both-set'),
      advance(601),
      present('without-kid', 'ambiguous-kid'),
      fetches(2),
    ],
  },
  {
    name: 'an RSA key verifies RS256 and nothing else',
    acts: [answer('rsa-set'), present('rsa', 'accepted'), present('naming-the-rsa-key', 'unknown-kid'), fetches(1)],
  },
];

/** Scripts that take no real time. */
export const QUICK_SCRIPTS: readonly Script[] = [
  ...FAILING.map(([fault, how]) => failsAtFirst(fault, how)),
  ...FAILING.map(([fault, how]) => failsWhenWarm(fault, how)),
  ...LACKING.map((document) => lacksTheKey(document, false)),
  ...LACKING.map((document) => lacksTheKey(document, true)),
  ...MISLEADING.map(([document, seen]) => misleads(document, seen)),
  ...HARMLESS.map(doesNoHarm),
  ...ROTATIONS,
  ...LOADS,
  ...TOKEN_VERDICTS,
];

/** Scripts in which the real library waits out its 5 s. */
export const SLOW_SCRIPTS: readonly Script[] = SLOW_FAILING.map((fault) => failsAtFirst(fault, 'timeout'));
