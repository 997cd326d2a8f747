/** What an arm does under one set of values, from a few seeds: a number and a word, without an interval. */
import type { ArmRun } from '../../simulator/experiment/index.ts';
import { cappedScore, exposureBudgets } from './exposure.ts';
import type { Effect } from './region-result.ts';
import { scoreOfHarm } from './score.ts';
import { worstExposure } from './worst-exposure.ts';

export interface SetOutcome {
  /** Points, held to at most 0 where exposure is beyond its budget. */
  readonly points: number;
  readonly effect: Effect;
}

/** As of a scorecard: from here on an effect is worth having, or is harm. */
const NOTABLE_POINTS = 5;
/** What saves less than half is not what an owner would choose first. */
const MOST_POINTS = 50;

/** An arm without runs had no object there, and changed nothing. */
export const NO_EFFECT: SetOutcome = { points: 0, effect: 'neither' };

/**
 * @param control its runs
 * @param arm on the same seeds in the same order
 * @param accessTokenLifetimeMs the budget for a revoked session
 */
export function outcomeOf(
  control: readonly ArmRun[],
  arm: readonly ArmRun[],
  accessTokenLifetimeMs: number,
): SetOutcome {
  const { word } = worstExposure(arm, exposureBudgets(accessTokenLifetimeMs));
  const isWithinBudget = word === 'within budget' || word === 'not tested';
  const mean = scoreOfHarm(harmOf(control), harmOf(arm));
  const points = isWithinBudget ? mean : cappedScore({ mean, low: mean, high: mean }, word).mean;
  return { points, effect: effectOf(points, isWithinBudget) };
}

function effectOf(points: number, isWithinBudget: boolean): Effect {
  if (!isWithinBudget || points <= -NOTABLE_POINTS) return 'harms';
  if (points >= MOST_POINTS) return 'saves most';
  return points >= NOTABLE_POINTS ? 'helps' : 'neither';
}

export function isHelp(effect: Effect): boolean {
  return effect === 'helps' || effect === 'saves most';
}

function harmOf(runs: readonly ArmRun[]): readonly number[] {
  return runs.map(({ measures }) => measures.disruptedUserMinutes);
}
