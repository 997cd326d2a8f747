/** Turns the runs over the region of assumptions into shares: how often each mitigation helps, ranks first, harms. */
import type { RegionArm, RegionExperiment, RegionSet } from '../../simulator/experiment/index.ts';
import { quantileOfSorted } from '../statistics/order.ts';
import { proportion } from '../statistics/proportion.ts';
import { rankCorrelation } from '../statistics/rank-correlation.ts';
import { isHelp, NO_EFFECT, outcomeOf, type SetOutcome } from './effect.ts';
import { flipsOf } from './flips.ts';
import type { Driver, RegionMitigation, RegionResult, RegionShares } from './region-result.ts';

/** Fewer sets show nothing of a region. */
const FEWEST_SETS = 10;
/** Of a standard normal, both sides, once in a hundred. */
const Z_99 = 2.5758293035489004;
const MOST_DRIVERS = 3;

/** The document of `region`, without its digest. */
export function regionDocument(experiment: RegionExperiment): Omit<RegionResult, 'digest'> {
  const { schemaVersion, id, title, sets, wantedCount, defaults } = experiment;
  const { seedsPerSet, triedCount, impossible, tooLargeCount, largestEventRatio, narrowedCount } = experiment;
  const rows = sets.map((set) => outcomesOf(experiment, set));
  const flips = flipsOf(experiment);
  const scanned = experiment.mitigations.filter((each) =>
    experiment.scan.some(({ arms }) => arms.some(({ mitigation }) => mitigation === each.id)),
  );
  return {
    schemaVersion,
    kind: 'region',
    scenario: id,
    title,
    status: sets.length < Math.max(FEWEST_SETS, wantedCount) ? 'inconclusive' : 'scored',
    wantedCount,
    setCount: sets.length,
    seedsPerSet,
    triedCount,
    impossible,
    tooLargeCount,
    largestEventRatio,
    narrowedCount,
    brokenFacts: experiment.brokenFacts,
    assumptions: experiment.assumptions,
    mitigations: experiment.mitigations.map((member) => regionMitigation(experiment, rows, member)).sort(compare),
    scanned: scanned.map((each) => each.id),
    scanSeeds: defaults.seeds,
    flips,
  };
}

interface SetRow {
  readonly outcomes: ReadonlyMap<string, SetOutcome>;
  readonly acted: ReadonlySet<string>;
  /** Points of the best that helps; Infinity where none does. */
  readonly best: number;
}

function outcomesOf({ mitigations }: RegionExperiment, set: RegionSet): SetRow {
  const control = runsOf(set.arms, null);
  const outcomes = new Map<string, SetOutcome>();
  const acted = new Set<string>();
  for (const { id, leftOut } of mitigations) {
    if (leftOut !== undefined) continue;
    const runs = runsOf(set.arms, id);
    outcomes.set(id, runs.length === 0 ? NO_EFFECT : outcomeOf(control, runs, set.accessTokenLifetimeMs));
    if (runs.some(({ actionCount }) => actionCount > 0)) acted.add(id);
  }
  const helping = [...outcomes.values()].filter(({ effect }) => isHelp(effect)).map(({ points }) => points);
  return { outcomes, acted, best: helping.length === 0 ? Infinity : Math.max(...helping) };
}

function runsOf(arms: readonly RegionArm[], id: string | null): RegionArm['scored'] {
  return arms.find(({ mitigation }) => mitigation === id)?.scored ?? [];
}

function regionMitigation(
  experiment: RegionExperiment,
  rows: readonly SetRow[],
  { id, sentence, leftOut }: RegionExperiment['mitigations'][number],
): RegionMitigation {
  if (leftOut !== undefined) {
    const { status, reason } = leftOut;
    return { id, sentence, status, reason, shares: null, actedSetCount: 0, drivers: [] };
  }
  return {
    id,
    sentence,
    status: 'scored',
    shares: rows.length === 0 ? null : sharesOf(id, rows),
    actedSetCount: rows.filter(({ acted }) => acted.has(id)).length,
    drivers: rows.length < FEWEST_SETS ? [] : driversOf(experiment, id, rows),
  };
}

function sharesOf(id: string, rows: readonly SetRow[]): RegionShares {
  const share = (holds: (row: SetRow) => boolean) => proportion(rows.filter(holds).length, rows.length);
  const points = Float64Array.from(rows.map((row) => row.outcomes.get(id)!.points)).sort();
  const at = (q: number): number => quantileOfSorted(points, q);
  return {
    setCount: rows.length,
    helps: share(({ outcomes }) => isHelp(outcomes.get(id)!.effect)),
    ranksFirst: share(({ outcomes, best }) => outcomes.get(id)!.points >= best),
    harms: share(({ outcomes }) => outcomes.get(id)!.effect === 'harms'),
    scoreQuantiles: [at(0.1), at(0.5), at(0.9)],
  };
}

/** With |ρ| √(n − 1) near to a standard normal where nothing is going on. */
function driversOf({ assumptions, sets }: RegionExperiment, id: string, rows: readonly SetRow[]): readonly Driver[] {
  const points = rows.map(({ outcomes }) => outcomes.get(id)!.points);
  return assumptions
    .map(({ id: assumption }): Driver => {
      const values = sets.map((set) => set.values[assumption]!);
      return { assumption, rankCorrelation: rankCorrelation(values, points) };
    })
    .filter((driver) => Math.abs(driver.rankCorrelation) * Math.sqrt(rows.length - 1) > Z_99)
    .sort((a, b) => Math.abs(b.rankCorrelation) - Math.abs(a.rankCorrelation) || (a.assumption < b.assumption ? -1 : 1))
    .slice(0, MOST_DRIVERS);
}

function compare(a: RegionMitigation, b: RegionMitigation): number {
  const key = ({ shares }: RegionMitigation): readonly number[] =>
    shares === null ? [-1, 0, 0] : [shares.helps.share, shares.ranksFirst.share, -shares.harms.share];
  const [left, right] = [key(a), key(b)];
  const first = left.findIndex((value, index) => value !== right[index]);
  return first < 0 ? (a.id < b.id ? -1 : 1) : right[first]! - left[first]!;
}
