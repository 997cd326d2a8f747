/**
 * Fault scripts as data: what happens to the IdP, which tokens come, and what has to be seen. The same script is replayed
 * against the real library and against the model; the pinned transcript keeps both from being wrong together.
 */
import type { DocumentName, TokenName } from './documents.ts';

/** What an IdP can do to whoever asks for its key set, besides serving another document. */
export const ANSWER_FAULTS = [
  'status-503',
  'status-429',
  'html-200',
  'redirect-to-login',
  'empty-body',
  'empty-object',
  'truncated-json',
  'reset',
  'cut-body',
  'hang',
  'dribble-40s',
  'wrong-content-type',
  'down',
] as const;

export type AnswerFault = (typeof ANSWER_FAULTS)[number];

export type Act =
  | { readonly act: 'answer'; readonly as: AnswerFault | DocumentName }
  | { readonly act: 'advance'; readonly seconds: number }
  | { readonly act: 'wait'; readonly seconds: number }
  | { readonly act: 'present'; readonly token: TokenName; readonly seen: string }
  | { readonly act: 'together'; readonly token: TokenName; readonly count: number; readonly seen: string }
  | { readonly act: 'flood'; readonly count: number; readonly seen: string }
  | { readonly act: 'fetches'; readonly count: number };

export interface Script {
  readonly name: string;
  readonly acts: readonly Act[];
}

/** From now on the IdP answers so; `good-set` is health. */
export const answer = (as: AnswerFault | DocumentName): Act => ({ act: 'answer', as });
export const heal: Act = answer('good-set');
/** Time passes, nothing else. */
export const advance = (seconds: number): Act => ({ act: 'advance', seconds });
/** Time passes that libraries keep by timers: really. */
export const wait = (seconds: number): Act => ({ act: 'wait', seconds });
/** One token, and its verdict. A failed fetch says how: `keys-unavailable (status)`. */
export const present = (token: TokenName, seen: string): Act => ({ act: 'present', token, seen });
/** Many requests with the same token at one moment, all with this verdict. */
export const together = (count: number, token: TokenName, seen: string): Act => ({
  act: 'together',
  token,
  count,
  seen,
});
/** Tokens with distinct kids that nobody knows, one after the other, all with this verdict. */
export const flood = (count: number, seen: string): Act => ({ act: 'flood', count, seen });
/** How many key fetches there were since the beginning. */
export const fetches = (count: number): Act => ({ act: 'fetches', count });

/** What a replay writes down, one line for each act that shows something. */
export class Transcript {
  readonly lines: string[] = [];

  presented(token: string, seen: string): void {
    this.lines.push(`${token}: ${seen}`);
  }

  many(what: string, seen: readonly string[]): void {
    const kinds = [...new Set(seen)];
    this.lines.push(`${seen.length} ${what}: ${kinds.join(' | ')}`);
  }

  fetched(count: number): void {
    this.lines.push(`fetches so far: ${count}`);
  }
}

/** The transcript that the table demands. */
export function pinned(script: Script): readonly string[] {
  const transcript = new Transcript();
  for (const act of script.acts) {
    if (act.act === 'present') transcript.presented(act.token, act.seen);
    else if (act.act === 'fetches') transcript.fetched(act.count);
    else if (act.act === 'together') transcript.many(`times ${act.token} at once`, Array(act.count).fill(act.seen));
    else if (act.act === 'flood') transcript.many('unknown kids', Array(act.count).fill(act.seen));
  }
  return transcript.lines;
}
