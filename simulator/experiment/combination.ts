/** Every subset of a few mitigations on the same seeds: only that tells what two do together that neither does alone. */
import { isNotApplicable, SimulatorError, type Mitigation } from '../contract/index.ts';
import { tokenLifetimeMs, type Job } from './arms.ts';
import type { AssumptionValues, Incident } from './incident.ts';
import type { CombinationExperiment } from './result-combination.ts';
import { SCHEMA_VERSION, type ArmRun } from './result.ts';
import { applyAll, checkedValues } from './trial.ts';

export interface CombinationPlan {
  readonly incident: Incident;
  /** Two to six. */
  readonly mitigations: readonly Mitigation[];
  readonly seeds: readonly number[];
  readonly assumptions: AssumptionValues;
}

const FEWEST = 2;
const MOST = 6;

/**
 * All runs of a plan, seed by seed; of each seed the control first, then all subsets by number.
 * @throws SimulatorError `bad-argument` for too few or too many, or one without an object here
 */
export function combinationJobs(plan: CombinationPlan): readonly Job[] {
  checkMembers(plan);
  const { incident, seeds, assumptions } = plan;
  const subsets = subsetsOf(plan);
  return seeds.flatMap((seed) =>
    subsets.map((mitigations) => ({ incident: incident.id, timetable: 'scored', mitigations, seed, assumptions })),
  );
}

/** Puts the runs of `combinationJobs`, in its order, together into the document. */
export function assembleCombination(plan: CombinationPlan, runs: readonly ArmRun[]): CombinationExperiment {
  const { incident, seeds } = plan;
  const assumptions = checkedValues(incident, plan.assumptions);
  const subsets = subsetsOf(plan);
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'combination-experiment',
    id: incident.id,
    title: incident.title,
    seeds,
    assumptions,
    accessTokenLifetimeMs: tokenLifetimeMs(incident, assumptions),
    mitigations: inOrder(plan).map(({ id, sentence }) => ({ id, sentence })),
    subsets: subsets.map((mitigations, subset) => ({
      mitigations,
      scored: seeds.map((_, index) => runs[index * subsets.length + subset]!),
    })),
  };
}

/** The order in which they are listed shall not matter. */
function inOrder({ mitigations }: CombinationPlan): readonly Mitigation[] {
  return [...mitigations].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function subsetsOf(plan: CombinationPlan): readonly (readonly string[])[] {
  const ids = inOrder(plan).map(({ id }) => id);
  return Array.from({ length: 1 << ids.length }, (_, subset) => ids.filter((_id, bit) => (subset & (1 << bit)) !== 0));
}

function checkMembers(plan: CombinationPlan): void {
  const { incident, mitigations } = plan;
  if (mitigations.length < FEWEST || mitigations.length > MOST) {
    const message = `A combination has ${FEWEST} to ${MOST} mitigations, these are ${mitigations.length}.`;
    throw new SimulatorError('bad-argument', message, 'Name some of them, for instance --mitigations a,b,c.');
  }
  const play = incident.scored(checkedValues(incident, plan.assumptions), 'published');
  for (const { id, apply } of mitigations) {
    const applied = apply(play);
    if (!isNotApplicable(applied)) continue;
    const message = `Mitigation "${id}" has no object in ${incident.id}: ${applied.notApplicable}.`;
    throw new SimulatorError('bad-argument', message, 'Leave it out for this incident.');
  }
  // Together, too: one may take away what another one acts on.
  applyAll(play, mitigations);
}
