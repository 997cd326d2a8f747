/** What is asked of a survey of the region of assumptions, and the jobs it consists of. */
import { isNotApplicable } from '../../contract/index.ts';
import type { Catalogue, Job } from '../arms.ts';
import type { Assumption, AssumptionValues, Incident } from '../incident.ts';
import type { ArmRun } from '../result.ts';
import { checkedValues } from '../trial.ts';
import type { FactJob, FactRun } from './fact-run.ts';

/** @param accessTokenLifetimeMs of the values at hand: the budget for a revoked session */
export type EffectOf = (control: readonly ArmRun[], arm: readonly ArmRun[], accessTokenLifetimeMs: number) => string;

export interface SurveyPlan {
  readonly incident: Incident;
  /** Ids of all that are to be judged over the region. */
  readonly mitigations: readonly string[];
  /** Ids of those for which each assumption is moved by itself; a part of `mitigations`. */
  readonly scanned: readonly string[];
  /** Sets that pass all facts, at least so many. */
  readonly setCount: number;
  readonly seedsPerSet: number;
  /** On which arms are tried at the defaults, and compared when one assumption is moved. */
  readonly scanSeeds: readonly number[];
  /** Held at these values; all other assumptions vary. */
  readonly assumptions: AssumptionValues;
  /** What an arm does, in one word, from the control's runs and its own: where the word changes, a conclusion flips. */
  readonly effectOf: EffectOf;
}

export type SurveyJob = { readonly kind: 'arm'; readonly job: Job } | { readonly kind: 'facts'; readonly job: FactJob };

export type SurveyRun = ArmRun | FactRun;

/** Assumptions that vary, in the incident's order. */
export function varied({ incident, assumptions }: SurveyPlan): readonly Assumption[] {
  return incident.assumptions.filter(({ id, low, high }) => assumptions[id] === undefined && low < high);
}

export function factJob(
  { incident }: SurveyPlan,
  seed: number,
  assumptions: AssumptionValues,
  eventLimit?: number,
): SurveyJob {
  const job = { incident: incident.id, seed, assumptions };
  return { kind: 'facts', job: eventLimit === undefined ? job : { ...job, eventLimit } };
}

/** The control and each arm on each seed, arm by arm. */
export function armJobs(
  { incident }: SurveyPlan,
  arms: readonly (string | null)[],
  seeds: readonly number[],
  assumptions: AssumptionValues,
): readonly SurveyJob[] {
  return arms.flatMap((arm) =>
    seeds.map((seed): SurveyJob => {
      const mitigations = arm === null ? [] : [arm];
      return { kind: 'arm', job: { incident: incident.id, timetable: 'scored', mitigations, seed, assumptions } };
    }),
  );
}

/** Why a mitigation has no object under these values; undefined where it has one. */
export function reasonAgainst(
  { mitigations }: Catalogue,
  { incident }: SurveyPlan,
  id: string,
  assumptions: AssumptionValues,
): string | undefined {
  const play = incident.scored(checkedValues(incident, assumptions), 'published');
  const applied = mitigations.find((mitigation) => mitigation.id === id)!.apply(play);
  return isNotApplicable(applied) ? applied.notApplicable : undefined;
}
