import { describe, expect, it } from 'vitest';
import {
  cappedScore,
  exposureBreaches,
  exposureBudgets,
  exposureWord,
  FORGED_KINDS,
  WITHDRAWN_KINDS,
  type ExposureFinding,
} from './exposure.ts';

const TOKEN_LIFETIME_MS = 300_000;
const budgets = exposureBudgets(TOKEN_LIFETIME_MS);

/** An attacker who tried every kind ten times and got nowhere, but for the findings given. */
function findings(...admitted: Partial<ExposureFinding>[]): ExposureFinding[] {
  return [...FORGED_KINDS, ...WITHDRAWN_KINDS].map((kind) => ({
    kind,
    admittedCount: 0,
    attemptedCount: 10,
    longestAdmittedMs: 0,
    ...admitted.find((finding) => finding.kind === kind),
  }));
}

describe('exposureWord', () => {
  it('is within budget when nobody got in', () => {
    expect(exposureWord(findings(), budgets)).toBe('within budget');
  });

  it.each(FORGED_KINDS)('admits forged as soon as one %s gets in', (kind) => {
    const found = findings({ kind, admittedCount: 1 });
    expect(exposureWord(found, budgets)).toBe('admits forged');
    expect(exposureBreaches(found, budgets).map((breach) => breach.kind)).toEqual([kind]);
  });

  it.each([
    ['removed-key', 3_600_000],
    ['revoked-session', TOKEN_LIFETIME_MS],
    ['refresh-reuse', 60_000],
  ] as const)('bears a %s for %i ms and not a millisecond longer', (kind, budgetMs) => {
    const at = findings({ kind, admittedCount: 3, longestAdmittedMs: budgetMs });
    const beyond = findings({ kind, admittedCount: 3, longestAdmittedMs: budgetMs + 1 });
    expect(exposureWord(at, budgets)).toBe('within budget');
    expect(exposureWord(beyond, budgets)).toBe('exceeds budget');
    expect(exposureBreaches(beyond, budgets).map((breach) => breach.kind)).toEqual([kind]);
  });

  it('says the worse word when both kinds of budget break', () => {
    const both = findings(
      { kind: 'refresh-reuse', admittedCount: 1, longestAdmittedMs: 60_001 },
      { kind: 'alg-none', admittedCount: 1 },
    );
    expect(exposureWord(both, budgets)).toBe('admits forged');
  });

  it('judges the findings of several runs one by one, so that one bad run is enough', () => {
    const runs = [...findings(), ...findings({ kind: 'removed-key', admittedCount: 1, longestAdmittedMs: 3_600_001 })];
    expect(exposureWord(runs, budgets)).toBe('exceeds budget');
  });

  it('holds findings to the budgets it is given', () => {
    const lenient = exposureBudgets(TOKEN_LIFETIME_MS, {
      'expired-token': { admittedCount: 2 },
      'refresh-reuse': { longestAdmittedMs: 0 },
    });
    expect(exposureWord(findings({ kind: 'expired-token', admittedCount: 2 }), lenient)).toBe('within budget');
    expect(exposureWord(findings({ kind: 'expired-token', admittedCount: 3 }), lenient)).toBe('admits forged');
    const reused = findings({ kind: 'refresh-reuse', admittedCount: 1, longestAdmittedMs: 1 });
    expect(exposureWord(reused, lenient)).toBe('exceeds budget');
  });

  it('judges an incident without cookies by what was attempted', () => {
    const withoutCookies = findings().filter(({ kind }) => kind !== 'foreign-cookie');
    expect(exposureWord(withoutCookies, budgets)).toBe('within budget');
  });

  it('gives no word that was not earned, and refuses findings that contradict themselves', () => {
    const idle = findings().map((finding) => ({ ...finding, attemptedCount: 0 }));
    expect(() => exposureWord(idle, budgets)).toThrow(/^findings must hold at least one attempt/);
    expect(() => exposureWord([], budgets)).toThrow(/^findings must hold at least one attempt/);
    expect(() => exposureWord(findings({ kind: 'alg-none', admittedCount: 11 }), budgets)).toThrow(
      /^attemptedCount of alg-none is 10, below its admittedCount 11/,
    );
    expect(() => exposureWord(findings({ kind: 'alg-none', admittedCount: Number.NaN }), budgets)).toThrow(
      /^admittedCount of alg-none must be a number of at least 0, got NaN/,
    );
    expect(() => exposureBudgets(-1)).toThrow(/^budget of revoked-session must be a number of at least 0, got -1/);
  });
});

describe('cappedScore', () => {
  const helpful = { mean: 80, low: 60, high: 90 };
  const mixed = { mean: -10, low: -40, high: 20 };

  it('leaves a score alone within budget', () => {
    expect(cappedScore(helpful, 'within budget')).toEqual(helpful);
  });

  it.each(['exceeds budget', 'admits forged'] as const)('holds it to at most 0 for an arm that %s', (word) => {
    expect(cappedScore(helpful, word)).toEqual({ mean: 0, low: 0, high: 0 });
    expect(cappedScore(mixed, word)).toEqual({ mean: -10, low: -40, high: 0 });
  });
});
