/** U5 over many runs: with more stamps touched more users are hit, in proportion. */
import { median, type FactCheck, type RecordView, type SweepFact } from '../../simulator/experiment/index.ts';
import { EU_POPULATIONS, hitShare, percent, TROUBLE } from './evidence.ts';

const TOUCHED = [1, 2, 4] as const;
/** Chance leaves the median over a few seeds this far from proportion. */
const TOLERANCE_RATIO = 0.4;

function usersHit(view: RecordView): number {
  return hitShare(view, EU_POPULATIONS, TROUBLE).ratio;
}

function judge(observations: readonly (readonly number[])[]): FactCheck {
  const shares = observations.map((ratios) => median(ratios));
  const perStamp = shares.map((ratio, index) => ratio / TOUCHED[index]!);
  const [low, high] = [Math.min(...perStamp), Math.max(...perStamp)];
  return {
    holds: low > 0 && high / low <= 1 + TOLERANCE_RATIO,
    expected: 'users hit grow with the share of stamps touched, in proportion',
    observed: shares.map((ratio, index) => `${percent(ratio)} with ${TOUCHED[index]} touched`).join(', '),
    tolerance: `medians; users hit per stamp touched alike within ${percent(TOLERANCE_RATIO)}`,
  };
}

export const growth: SweepFact = {
  id: 'U5-growth',
  kind: 'inferred',
  scope: 'sweep',
  report: '“only impacted a percentage of the users”, “a set of Web Roles”',
  minimumSeeds: 5,
  variants: TOUCHED.map((stampsTouched) => ({ stampsTouched })),
  observe: usersHit,
  check: judge,
};
