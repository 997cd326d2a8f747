/**
 * Which answers somebody cares about, as plain words that a scenario file can hold: what a balancer counts against an
 * instance or tries elsewhere, what a probe takes for good.
 */
import { SimulatorError, type Failure, type Reply } from '../simulator/contract/index.ts';

/**
 * `401`: this status. `5xx`: all of that hundred. `refused`, `reset`, `cut`, `timeout`: no whole answer, for this reason;
 * `no-answer`: none, for whatever reason.
 */
export type StatusWord = `${number}` | '2xx' | '3xx' | '4xx' | '5xx' | 'no-answer' | Failure;

export type Answer = Pick<Reply, 'status' | 'failure'>;

const HUNDREDS: Readonly<Record<string, number>> = { '2xx': 2, '3xx': 3, '4xx': 4, '5xx': 5 };
const FAILURES: readonly string[] = ['refused', 'reset', 'cut', 'timeout'];

/**
 * A test of answers against a list of words: true when one of them fits. Make it once at set-up.
 * @throws SimulatorError `bad-argument` for a word that is none
 */
export function answersAmong(words: readonly StatusWord[]): (answer: Answer) => boolean {
  const statuses = new Set<number>();
  const hundreds = new Set<number>();
  const failures = new Set<string>();
  let anyFailure = false;
  for (const word of words) {
    if (word === 'no-answer') anyFailure = true;
    else if (FAILURES.includes(word)) failures.add(word);
    else if (HUNDREDS[word] !== undefined) hundreds.add(HUNDREDS[word]);
    else statuses.add(statusOf(word));
  }
  return ({ status, failure }) => {
    if (status === 0) return anyFailure || (failure !== undefined && failures.has(failure));
    return statuses.has(status) || hundreds.has(Math.floor(status / 100));
  };
}

function statusOf(word: string): number {
  if (/^[1-5]\d\d$/.test(word)) return Number(word);
  const remedy = 'Give a status such as "401", or 2xx, 3xx, 4xx, 5xx, no-answer, refused, reset, cut, timeout.';
  throw new SimulatorError('bad-argument', `There is no answer "${word}".`, remedy);
}
