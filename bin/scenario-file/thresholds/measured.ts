/** What a threshold looks at, read off the measures of one run. */
import { exposureBudgets, exposureWord, type ExposureFinding } from '../../../reports/score/exposure.ts';
import type { ExposureFinding as Found, Measures } from '../../../simulator/experiment/index.ts';
import type { MeasureName } from './units.ts';

/** NaN where there is nothing to observe, Infinity for "never". */
export function measured(name: MeasureName, measures: Measures): number {
  switch (name) {
    case 'servedRatio': {
      const { intentions, failedIntentions } = measures;
      return intentions === 0 ? NaN : 1 - failedIntentions / intentions;
    }
    case 'signInSuccessRatio':
      return measures.signInSuccessRatio ?? NaN;
    case 'timeToDetect':
      // Where nothing was ever bad there was nothing to detect.
      return measures.timeToDetectMs ?? (measures.timeToRecoverMs === 0 ? 0 : Infinity);
    case 'timeToRecover':
      return measures.timeToRecoverMs ?? Infinity;
    case 'goodLatencyP50':
      return measures.goodLatencyP50Ms ?? NaN;
    case 'goodLatencyP99':
      return measures.goodLatencyP99Ms ?? NaN;
    default:
      return measures[name];
  }
}

/** 1 where the attacker of a run stayed within its budgets, 0 where not, NaN where it tried nothing. */
export function withinBudget(findings: readonly Found[], accessTokenLifetimeMs: number): number {
  if (!findings.some(({ attemptedCount }) => attemptedCount > 0)) return NaN;
  const budgets = exposureBudgets(accessTokenLifetimeMs);
  return exposureWord(findings as readonly ExposureFinding[], budgets) === 'within budget' ? 1 : 0;
}
