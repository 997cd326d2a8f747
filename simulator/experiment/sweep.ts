/**
 * The historical replay on many seeds: does each fact hold whatever chance does, and do the statements about many seeds
 * hold. Split into jobs that share nothing, so that they can run on several cores and still give the same document.
 */
import { canonicalJson, digestOf } from './canonical.ts';
import type { AssumptionValues, Fact, FactCheck, Incident, RunFact, SweepFact } from './incident.ts';
import { assumptionResults } from './replay.ts';
import { SCHEMA_VERSION, type SweepResult, type SweptFact } from './result.ts';
import { checkedValues, runTrial } from './trial.ts';

/** One run, named by ids and numbers only, so that it can be sent to a worker. */
export interface SweepJob {
  readonly incident: string;
  readonly seed: number;
  /** Index into the incident's variants; 0 is the defaults. */
  readonly variant: number;
  /** Overrides of the user; a variant's own values go before them. */
  readonly assumptions: AssumptionValues;
}

/** What one run says of the facts. */
export interface SweepRun {
  readonly traceHash: string;
  /** By id of run facts; only of the defaults. */
  readonly checks: Readonly<Record<string, FactCheck>>;
  /** By id of sweep facts; Infinity may stand for "never". */
  readonly observations: Readonly<Record<string, number>>;
  readonly unfeltFaults: readonly string[];
}

export interface SweepPlan {
  readonly incident: Incident;
  readonly seeds: readonly number[];
  readonly assumptions: AssumptionValues;
}

/** All runs of a plan: the defaults first, then each variant that a sweep fact with enough seeds asks for. */
export function sweepJobs(plan: SweepPlan): readonly SweepJob[] {
  const { incident, seeds, assumptions } = plan;
  const judged = sweepFacts(incident).filter(({ minimumSeeds }) => seeds.length >= minimumSeeds);
  const wanted = new Set(['{}', ...judged.flatMap(({ variants }) => variants.map(canonicalJson))]);
  return variantsOf(incident).flatMap((values, variant) => {
    if (!wanted.has(canonicalJson(values))) return [];
    return seeds.map((seed) => ({ incident: incident.id, seed, variant, assumptions }));
  });
}

export function runSweepJob(incident: Incident, job: SweepJob): SweepRun {
  const variant = variantsOf(incident)[job.variant]!;
  const assumptions = { ...job.assumptions, ...variant };
  const trial = runTrial({ incident, timetable: 'historical', seed: job.seed, mitigations: [], assumptions });
  const observers = sweepFacts(incident).filter(({ variants }) => indexOf(variants, variant) >= 0);
  const checkers = job.variant === 0 ? runFacts(incident) : [];
  return {
    traceHash: trial.view.record.traceHash,
    checks: Object.fromEntries(checkers.map(({ id, check }) => [id, check(trial.view)])),
    observations: Object.fromEntries(observers.map(({ id, observe }) => [id, observe(trial.view)])),
    unfeltFaults: Object.entries(trial.faultHits).flatMap(([id, hits]) => (hits === 0 ? [id] : [])),
  };
}

/** Puts the runs of `sweepJobs`, in its order, together into the document. */
export function assembleSweep(plan: SweepPlan, runs: readonly SweepRun[]): SweepResult {
  const { incident, seeds } = plan;
  const jobs = sweepJobs(plan);
  const facts = incident.facts.map((fact) => sweptFact(fact, plan, jobs, runs));
  const unfelt = unfeltFaults(jobs, runs);
  const document = {
    schemaVersion: SCHEMA_VERSION,
    kind: 'sweep' as const,
    mode: 'historical' as const,
    scenario: incident.id,
    title: incident.title,
    seeds,
    mitigations: [],
    status: statusOf(facts, unfelt.length),
    facts,
    assumptions: assumptionResults(incident, checkedValues(incident, plan.assumptions)),
    unfeltFaults: unfelt,
  };
  return { ...document, digest: digestOf({ document, traceHashes: runs.map(({ traceHash }) => traceHash) }) };
}

function statusOf(facts: readonly SweptFact[], unfeltCount: number): SweepResult['status'] {
  if (facts.some(({ holds }) => holds === false)) return 'fails';
  return unfeltCount > 0 ? 'inconclusive' : 'holds';
}

function sweptFact(fact: Fact, plan: SweepPlan, jobs: readonly SweepJob[], runs: readonly SweepRun[]): SweptFact {
  const { id, kind, scope, report } = fact;
  const about = { id, kind, scope, report, ...(fact.fittedBy === undefined ? {} : { fittedBy: fact.fittedBy }) };
  if (fact.scope === 'sweep') return { ...about, ...judgedTogether(fact, plan, jobs, runs) };
  const checks = jobs.flatMap(({ seed, variant }, index) => {
    return variant === 0 ? [{ seed, check: runs[index]!.checks[id]! }] : [];
  });
  const failed = checks.filter(({ check }) => !check.holds);
  const shown = failed[0] ?? checks[0]!;
  const { expected, observed, tolerance } = shown.check;
  return {
    ...about,
    holds: failed.length === 0,
    expected,
    observed,
    tolerance,
    heldCount: checks.length - failed.length,
    failedSeeds: failed.map(({ seed }) => seed),
    example: { seed: shown.seed, observed },
  };
}

function judgedTogether(
  fact: SweepFact,
  plan: SweepPlan,
  jobs: readonly SweepJob[],
  runs: readonly SweepRun[],
): FactCheckOrNull {
  const { id, minimumSeeds } = fact;
  if (plan.seeds.length < minimumSeeds) {
    const expected = `judged over at least ${minimumSeeds} seeds`;
    const observed = `only ${plan.seeds.length} seeds replayed`;
    return { holds: null, expected, observed, tolerance: `needs --seeds 1..${minimumSeeds}`, minimumSeeds };
  }
  const variants = variantsOf(plan.incident);
  const observations = fact.variants.map((values) => {
    const variant = indexOf(variants, values);
    return jobs.flatMap((job, index) => (job.variant === variant ? [runs[index]!.observations[id]!] : []));
  });
  return { ...fact.check(observations), minimumSeeds };
}

type FactCheckOrNull = Omit<FactCheck, 'holds'> & { readonly holds: boolean | null; readonly minimumSeeds: number };

function unfeltFaults(jobs: readonly SweepJob[], runs: readonly SweepRun[]): SweepResult['unfeltFaults'] {
  const seedsByFault = new Map<string, number[]>();
  for (const [index, { seed, variant }] of jobs.entries()) {
    if (variant !== 0) continue;
    for (const id of runs[index]!.unfeltFaults) seedsByFault.set(id, [...(seedsByFault.get(id) ?? []), seed]);
  }
  return [...seedsByFault].map(([id, seeds]) => ({ id, seeds }));
}

/** The defaults, then every other set of values that a sweep fact of the incident asks for, each once. */
function variantsOf(incident: Incident): readonly AssumptionValues[] {
  const variants: AssumptionValues[] = [{}];
  for (const values of sweepFacts(incident).flatMap((fact) => fact.variants)) {
    if (indexOf(variants, values) < 0) variants.push(values);
  }
  return variants;
}

function indexOf(variants: readonly AssumptionValues[], values: AssumptionValues): number {
  const wanted = canonicalJson(values);
  return variants.findIndex((candidate) => canonicalJson(candidate) === wanted);
}

function runFacts(incident: Incident): readonly RunFact[] {
  return incident.facts.filter((fact): fact is RunFact => fact.scope === 'run');
}

function sweepFacts(incident: Incident): readonly SweepFact[] {
  return incident.facts.filter((fact): fact is SweepFact => fact.scope === 'sweep');
}
