/** U5 over many runs: with more stamps touched more users are hit, in proportion. */
import { median, type FactCheck, type RecordView, type SweepFact } from '../../simulator/experiment/index.ts';
import { EU_POPULATIONS, hitShare, moved, percent, TROUBLE, UNTOUCHED } from './evidence.ts';
import { stampOf } from './system.ts';

/** Chance leaves the median over a few seeds this far from proportion. */
const TOLERANCE_RATIO = 0.4;

/** Users hit, as a share of those who had come, divided by the number of stamps touched. */
function usersHitPerStamp(view: RecordView): number {
  const stamps = new Set(moved(view, UNTOUCHED).map(stampOf));
  return hitShare(view, EU_POPULATIONS, TROUBLE).ratio / Math.max(1, stamps.size);
}

function judge(observations: readonly (readonly number[])[]): FactCheck {
  const perStamp = observations.map((ratios) => median(ratios));
  const [few, usual, many] = perStamp.map(percent);
  const [low, high] = [Math.min(...perStamp), Math.max(...perStamp)];
  return {
    holds: low > 0 && high / low <= 1 + TOLERANCE_RATIO,
    expected: 'users hit grow with the share of stamps touched, in proportion: each stamp adds as many',
    observed: `a stamp adds ${few} of the users when 1 is touched, ${usual} with stampsTouched as assumed, ${many} with 4`,
    tolerance: `medians alike within ${percent(TOLERANCE_RATIO)}`,
  };
}

export const growth: SweepFact = {
  id: 'U5-growth',
  kind: 'inferred',
  scope: 'sweep',
  report: '“only impacted a percentage of the users”, “a set of Web Roles”',
  minimumSeeds: 5,
  // The empty one is the play that every replay runs anyway.
  variants: [{ stampsTouched: 1 }, {}, { stampsTouched: 4 }],
  observe: usersHitPerStamp,
  write: (ratio) => `a stamp adds ${percent(ratio)} of the users`,
  check: judge,
};
