// What an arm let the attacker do. A mitigation that lets everyone in ends every disruption; this is why it does not
// win.
import type { Score } from './score.ts';

/** Credentials that nobody ever issued to the bearer for this use: to admit one is to admit a forgery. */
export const FORGED_KINDS = [
  'forged-signature',
  'alg-none',
  'wrong-issuer',
  'wrong-audience',
  'foreign-cookie',
  'expired-token',
] as const;

/** Credentials that were good once: what counts is how long after their end they were still admitted. */
export const WITHDRAWN_KINDS = ['removed-key', 'revoked-session', 'refresh-reuse'] as const;

export type ForgedKind = (typeof FORGED_KINDS)[number];
export type WithdrawnKind = (typeof WITHDRAWN_KINDS)[number];

/** What the attacker of one run tried in one way, and what came of it. */
export interface ExposureFinding {
  readonly kind: ForgedKind | WithdrawnKind;
  /** Attempts that were let in, 0 to `attemptedCount`. */
  readonly admittedCount: number;
  readonly attemptedCount: number;
  /** Longest time from the withdrawal (or first use, for a refresh token) to an admitted attempt; 0 when none was. */
  readonly longestAdmittedMs: number;
}

/** The most that is borne of each kind in one run (included): a count of admissions, or a time after withdrawal. */
export type ExposureBudgets = { readonly [kind in ForgedKind]: { readonly admittedCount: number } } & {
  readonly [kind in WithdrawnKind]: { readonly longestAdmittedMs: number };
};

/** From best to worst. */
export type ExposureWord = 'within budget' | 'exceeds budget' | 'admits forged';

/**
 * The default budgets: no forgery at all; a removed signing key for an hour at most; a revoked session for as long as
 * an access token lives, since a stateless verifier cannot know sooner; a reused refresh token for 60 s, the longest
 * overlap that Amazon Cognito grants a client which lost the answer.
 *
 * @param accessTokenLifetimeMs of the incident at hand, at least 0
 * @param overrides budgets to put in place of the defaults
 * @throws TypeError when a budget is not a number of at least 0
 */
export function exposureBudgets(
  accessTokenLifetimeMs: number,
  overrides: Partial<ExposureBudgets> = {},
): ExposureBudgets {
  const none = { admittedCount: 0 };
  const budgets: ExposureBudgets = {
    'forged-signature': none,
    'alg-none': none,
    'wrong-issuer': none,
    'wrong-audience': none,
    'foreign-cookie': none,
    'expired-token': none,
    'removed-key': { longestAdmittedMs: 3_600_000 },
    'revoked-session': { longestAdmittedMs: accessTokenLifetimeMs },
    'refresh-reuse': { longestAdmittedMs: 60_000 },
    ...overrides,
  };
  for (const kind of FORGED_KINDS) checkAmount(`budget of ${kind}`, budgets[kind].admittedCount);
  for (const kind of WITHDRAWN_KINDS) checkAmount(`budget of ${kind}`, budgets[kind].longestAdmittedMs);
  return budgets;
}

/** The findings that break their budget, in the order given: the reason behind the word. */
export function exposureBreaches(findings: readonly ExposureFinding[], budgets: ExposureBudgets): ExposureFinding[] {
  return findings.filter((finding) => {
    checkFinding(finding);
    const { kind } = finding;
    if (finding.admittedCount === 0) return false;
    if (isForged(kind)) return finding.admittedCount > budgets[kind].admittedCount;
    return finding.longestAdmittedMs > budgets[kind].longestAdmittedMs;
  });
}

/**
 * *admits forged* when a forged kind breaks its budget, *exceeds budget* when only a withdrawn kind does, else
 * *within budget*.
 *
 * @param findings of one run or of several together (each finding is held against its budget by itself). A kind left
 *   out does not exist in the incident (no cookie, no refresh token); at least one attempt must have been made.
 * @throws TypeError when nothing was attempted, for then the word would be unearned, or when a finding contradicts
 *   itself
 */
export function exposureWord(findings: readonly ExposureFinding[], budgets: ExposureBudgets): ExposureWord {
  const breaches = exposureBreaches(findings, budgets);
  if (!findings.some(({ attemptedCount }) => attemptedCount > 0)) {
    throw new TypeError(
      'findings must hold at least one attempt: put the attacker into the run before judging exposure.',
    );
  }
  if (breaches.some(({ kind }) => isForged(kind))) return 'admits forged';
  return breaches.length > 0 ? 'exceeds budget' : 'within budget';
}

/** The score with its three figures held to at most 0, unless exposure is within budget. */
export function cappedScore(score: Score, exposure: ExposureWord): Score {
  if (exposure === 'within budget') return score;
  return { mean: Math.min(0, score.mean), low: Math.min(0, score.low), high: Math.min(0, score.high) };
}

function isForged(kind: ForgedKind | WithdrawnKind): kind is ForgedKind {
  return (FORGED_KINDS as readonly string[]).includes(kind);
}

function checkFinding({ kind, admittedCount, attemptedCount, longestAdmittedMs }: ExposureFinding): void {
  checkAmount(`admittedCount of ${kind}`, admittedCount);
  checkAmount(`longestAdmittedMs of ${kind}`, longestAdmittedMs);
  if (!(attemptedCount >= admittedCount)) {
    throw new TypeError(
      `attemptedCount of ${kind} is ${attemptedCount}, below its admittedCount ${admittedCount}: count all.`,
    );
  }
}

function checkAmount(name: string, amount: number): void {
  if (!(amount >= 0)) throw new TypeError(`${name} must be a number of at least 0, got ${amount}.`);
}
