/**
 * The faults of jose's table as scripts for other libraries, in coarse words: accepted, rejected, unknown-kid,
 * keys-unavailable. What the model is known to say otherwise stands apart, pinned both ways.
 */
import type { DocumentName } from './documents.ts';
import { advance, answer, fetches, heal, present, together, type AnswerFault, type Script } from './script.ts';

export type Fault = AnswerFault | DocumentName;

/** Faults that leave the fetch without a set, in every library here. */
export const FAILING: readonly Fault[] = [
  'status-503',
  'status-429',
  'html-200',
  'redirect-to-login',
  'empty-body',
  'empty-object',
  'truncated-json',
  'reset',
  'cut-body',
  'down',
  'null-beside',
];

/** What the real one gets wrong or right where the model does not. */
export interface KnownDifference extends Script {
  /** What the model shows instead. */
  readonly inModel: readonly string[];
}

export interface LibraryTable {
  readonly preset: string;
  readonly quick: readonly Script[];
  /** With waits in real time; run side by side. */
  readonly slow: readonly Script[];
  readonly differences: readonly KnownDifference[];
}

/** Fails cold and heals with the next request. @param eachCosts HTTP requests of a failed fetch, by fault */
export function failsCold(fault: Fault, eachCosts: number): Script {
  return {
    name: `${fault} at the first fetch rejects, and heals with the next request`,
    acts: [
      answer(fault),
      present('good', 'keys-unavailable'),
      fetches(eachCosts),
      heal,
      present('good', 'accepted'),
      fetches(eachCosts + 1),
    ],
  };
}

export function failsPastAge(fault: Fault, maxAgeSeconds: number): Script {
  return {
    name: `${fault} past the maximum age rejects everybody, one fetch a request, and heals with the next request`,
    acts: [
      present('good', 'accepted'),
      answer(fault),
      advance(maxAgeSeconds - 2),
      present('good', 'accepted'),
      fetches(1),
      advance(4),
      present('good', 'keys-unavailable'),
      present('good', 'keys-unavailable'),
      fetches(3),
      heal,
      present('good', 'accepted'),
      fetches(4),
    ],
  };
}

/** A set without the key: an error that is over with the next request, or a success that cools down. */
export function lacks(document: DocumentName, seen: string, cooldownSeconds: number): Script {
  const cooling =
    cooldownSeconds === 0 ? [] : [advance(cooldownSeconds - 2), present('good', seen), fetches(1), advance(4)];
  return {
    name: `${document} at the first fetch rejects for ${cooldownSeconds} s`,
    acts: [
      answer(document),
      present('good', seen),
      fetches(1),
      heal,
      ...cooling,
      present('good', 'accepted'),
      fetches(2),
    ],
  };
}

export function misleads(document: DocumentName, maxAgeSeconds: number): Script {
  return {
    name: `${document} rejects for the whole maximum age`,
    acts: [
      answer(document),
      present('good', 'rejected'),
      heal,
      advance(maxAgeSeconds - 2),
      present('good', 'rejected'),
      fetches(1),
      advance(4),
      present('good', 'accepted'),
      fetches(2),
    ],
  };
}

export function doesNoHarm(fault: Fault): Script {
  return {
    name: `${fault} is accepted`,
    acts: [answer(fault), present('good', 'accepted'), present('good', 'accepted'), fetches(1)],
  };
}

export const FIFTY_SHARE: Script = {
  name: '50 requests at once share one fetch',
  acts: [together(50, 'good', 'accepted'), fetches(1)],
};
