/** Turns the runs of all subsets into what each mitigation is worth: alone, last, and in the mean of all orders. */
import type { ArmRun, CombinationExperiment } from '../../simulator/experiment/index.ts';
import { bootstrapMany, type Interval } from '../statistics/resampling.ts';
import { alone, interactions, last, shapley } from '../statistics/shapley.ts';
import { collapse } from './collapse.ts';
import type { CombinationResult, Points, SubsetScore } from './combination-result.ts';
import { cappedScore, exposureBudgets } from './exposure.ts';
import { score } from './score.ts';
import { worstExposure } from './worst-exposure.ts';

/**
 * The document of `combine`, without its digest.
 *
 * @throws TypeError for fewer than two seeds: nothing has an interval then
 */
export function combinationDocument(experiment: CombinationExperiment): Omit<CombinationResult, 'digest'> {
  const { schemaVersion, id, title, seeds, assumptions, mitigations, subsets } = experiment;
  const harm = subsets.map(({ scored }) => harmOf(scored));
  const worth = worthOf(harm);
  const members = mitigations.map(({ id: member, sentence }, index) => ({
    id: member,
    sentence,
    alone: worth.alone[index]!,
    last: worth.last[index]!,
    shapley: worth.shapley[index]!,
  }));
  const pairs = worth.pairs.map(({ pair: [one, other], ...points }) => ({
    pair: [mitigations[one]!.id, mitigations[other]!.id] as const,
    ...points,
  }));
  return {
    schemaVersion,
    kind: 'combination',
    scenario: id,
    title,
    seeds,
    assumptions,
    members: members.sort((a, b) => b.shapley.points - a.shapley.points || (a.id < b.id ? -1 : 1)),
    pairs,
    subsets: subsets
      .map((_, subset) => subsetScore(experiment, harm, subset, worth.saved[subset]!))
      .sort((a, b) => a.mitigations.length - b.mitigations.length),
  };
}

interface Worth {
  readonly saved: readonly Points[];
  readonly alone: readonly Points[];
  readonly last: readonly Points[];
  readonly shapley: readonly Points[];
  readonly pairs: readonly {
    readonly pair: readonly [number, number];
    readonly alone: Points;
    readonly shapley: Points;
  }[];
}

/**
 * The value of a subset: the control's harm less its own, sums over seeds, in points of the control's. Without harm in the
 * control there is nothing to save and every value is 0. Unlike the score it is additive, which Shapley values need: a
 * subset that doubles the harm is worth −100, one that trebles it −200.
 */
export function savedPoints(sums: readonly number[]): readonly number[] {
  const control = sums[0]!;
  return sums.map((harm) => (control === 0 ? 0 : (100 * (control - harm)) / control));
}

function worthOf(harm: readonly (readonly number[])[]): Worth {
  const figures = (sums: readonly number[]): readonly number[] => {
    const values = savedPoints(sums);
    const pairs = interactions(values);
    return [
      ...values,
      ...alone(values),
      ...last(values),
      ...shapley(values),
      ...pairs.flatMap((pair) => [pair.alone, pair.shapley]),
    ];
  };
  const sums = harm.map((column) => column.reduce((total, minutes) => total + minutes, 0));
  const means = figures(sums);
  const intervals = bootstrapMany(harm, figures);
  const all = means.map((points, index) => withInterval(points, intervals[index]!));
  const count = Math.round(31 - Math.clz32(harm.length));
  let from = harm.length;
  const take = (): readonly Points[] => all.slice(from, (from += count));
  return {
    saved: all.slice(0, harm.length),
    alone: take(),
    last: take(),
    shapley: take(),
    pairs: interactions(savedPoints(sums)).map(({ pair }, index) => {
      const [apart, together] = all.slice(from + 2 * index);
      return { pair, alone: apart!, shapley: together! };
    }),
  };
}

/** Rounding can leave a figure just outside its interval when all seeds agree. */
function withInterval(points: number, { low, high }: Interval): Points {
  return { points, low: Math.min(points, low), high: Math.max(points, high) };
}

function subsetScore(
  { subsets, accessTokenLifetimeMs }: CombinationExperiment,
  harm: readonly (readonly number[])[],
  subset: number,
  saved: Points,
): SubsetScore {
  const { mitigations, scored } = subsets[subset]!;
  const [before, after] = [harm[0]!, harm[subset]!];
  const exposure = worstExposure(scored, exposureBudgets(accessTokenLifetimeMs));
  const free = score(before, after);
  return {
    mitigations,
    saved,
    score: exposure.word === 'not tested' ? free : cappedScore(free, exposure.word),
    collapse: collapse(before, after),
    exposure,
    disruptedUserMinutes: after.reduce((total, minutes) => total + minutes, 0) / after.length,
    actionCount: scored.reduce((total, { actionCount }) => total + actionCount, 0),
  };
}

function harmOf(runs: readonly ArmRun[]): readonly number[] {
  return runs.map(({ measures }) => measures.disruptedUserMinutes);
}
