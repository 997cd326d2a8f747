/** What the attacker got over all runs of an arm: the worst of each kind, and the word for it. */
import type { ArmRun } from '../../simulator/experiment/index.ts';
import {
  exposureBreaches,
  exposureWord,
  FORGED_KINDS,
  WITHDRAWN_KINDS,
  type ExposureBudgets,
  type ExposureFinding,
} from './exposure.ts';
import type { Exposure } from './score-result.ts';

type Kind = ExposureFinding['kind'];

const KINDS: readonly string[] = [...FORGED_KINDS, ...WITHDRAWN_KINDS];

/** @throws TypeError for a kind of credential that has no budget */
export function worstExposure(runs: readonly ArmRun[], budgets: ExposureBudgets): Exposure {
  const worst = new Map<Kind, ExposureFinding>();
  for (const finding of runs.flatMap(({ exposure }) => exposure)) {
    const kind = checkedKind(finding.kind);
    const before = worst.get(kind);
    worst.set(kind, {
      kind,
      attemptedCount: Math.max(finding.attemptedCount, before?.attemptedCount ?? 0),
      admittedCount: Math.max(finding.admittedCount, before?.admittedCount ?? 0),
      longestAdmittedMs: Math.max(finding.longestAdmittedMs, before?.longestAdmittedMs ?? 0),
    });
  }
  const findings = [...worst.values()];
  if (!findings.some(({ attemptedCount }) => attemptedCount > 0)) return { word: 'not tested', findings, breaches: [] };
  const breaches = exposureBreaches(findings, budgets).map(({ kind }) => kind);
  return { word: exposureWord(findings, budgets), findings, breaches };
}

function checkedKind(kind: string): Kind {
  if (KINDS.includes(kind)) return kind as Kind;
  throw new TypeError(`The attacker tried "${kind}", which has no budget: give it one in reports/score/exposure.ts.`);
}
