/** Puts what a survey has found together into its document. */
import { tokenLifetimeMs } from '../arms.ts';
import type { AssumptionValues } from '../incident.ts';
import type { ArmRun } from '../result.ts';
import { SCHEMA_VERSION } from '../result.ts';
import type { RegionArm, RegionAssumption, RegionExperiment, RegionMember } from '../result-region.ts';
import { checkedValues } from '../trial.ts';
import { scaleOf } from './box.ts';
import type { SetDraw } from './draw.ts';
import type { FactRun } from './fact-run.ts';
import { varied, type SurveyPlan } from './plan.ts';
import type { ScanPlace } from './scan.ts';

type RunsByArm = ReadonlyMap<string | null, readonly ArmRun[]>;

export interface SurveyedSet {
  readonly values: AssumptionValues;
  readonly seeds: readonly number[];
  readonly runs: RunsByArm;
}

export interface SurveyFindings {
  readonly plan: SurveyPlan;
  readonly members: readonly RegionMember[];
  readonly draw: SetDraw;
  readonly largestEventRatio: number;
  readonly sets: readonly SurveyedSet[];
  readonly defaults: RunsByArm;
  readonly scan: readonly (ScanPlace & { readonly factsHold: boolean | null })[];
}

export function surveyDocument(findings: SurveyFindings): RegionExperiment {
  const { plan, members, draw, largestEventRatio, sets, defaults, scan } = findings;
  const { incident, seedsPerSet, scanSeeds } = plan;
  const lifetimeMs = (values: AssumptionValues): number => {
    return tokenLifetimeMs(incident, checkedValues(incident, { ...plan.assumptions, ...values }));
  };
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'region-experiment',
    id: incident.id,
    title: incident.title,
    accessTokenLifetimeMs: lifetimeMs({}),
    mitigations: members,
    assumptions: regionAssumptions(plan, draw, sets),
    triedCount: draw.judged.length,
    impossible: reasonsOf(draw.judged),
    tooLargeCount: draw.judged.filter(({ outcome }) => outcome === 'too large').length,
    largestEventRatio,
    narrowedCount: draw.narrowedCount,
    brokenFacts: brokenFacts(draw.judged),
    wantedCount: plan.setCount,
    seedsPerSet,
    sets: sets.map(({ values, seeds, runs }) => ({
      values,
      accessTokenLifetimeMs: lifetimeMs(values),
      seeds,
      arms: armsOf(runs),
    })),
    defaults: { seeds: scanSeeds, arms: armsOf(defaults) },
    scan: scan.map(({ assumption, value, factsHold, runs }) => {
      const accessTokenLifetimeMs = lifetimeMs({ [assumption.id]: value });
      return { assumption: assumption.id, value, accessTokenLifetimeMs, factsHold, arms: armsOf(runs) };
    }),
  };
}

function regionAssumptions(plan: SurveyPlan, draw: SetDraw, sets: readonly SurveyedSet[]): readonly RegionAssumption[] {
  return varied(plan).map((assumption) => {
    const { id, unit, value, low, high } = assumption;
    const [boxLow, boxHigh] = draw.boundsOf(assumption);
    const kept = sets.map(({ values }) => values[id]!);
    const [keptLow, keptHigh] = kept.length === 0 ? [value, value] : [Math.min(...kept), Math.max(...kept)];
    return { id, unit, value, low, high, boxLow, boxHigh, keptLow, keptHigh, scale: scaleOf(assumption) };
  });
}

function armsOf(runs: RunsByArm): readonly RegionArm[] {
  return [...runs].map(([mitigation, scored]) => ({ mitigation, scored }));
}

function reasonsOf(runs: readonly FactRun[]): RegionExperiment['impossible'] {
  return counted(runs.flatMap((run) => (run.outcome === 'impossible' ? [run.reason] : []))).map(([reason, count]) => {
    return { reason, count };
  });
}

function brokenFacts(runs: readonly FactRun[]): RegionExperiment['brokenFacts'] {
  return counted(runs.flatMap((run) => (run.outcome === 'judged' ? run.broken : [])))
    .map(([id, count]) => ({ id, count }))
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}

function counted(words: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts];
}
