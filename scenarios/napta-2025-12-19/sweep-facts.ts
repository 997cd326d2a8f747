/** N8, the one statement that needs many runs: when users' reports would have made somebody look. */
import {
  clockTime,
  median,
  quantile,
  type FactCheck,
  type RecordView,
  type SweepFact,
} from '../../simulator/experiment/index.ts';
import { clock, DETECTED_MS, HISTORY_END_MS, MINUTE_MS } from './clock.ts';

/** Not detected within the history counts as its end: later than anything observed. */
function detectedMs(view: RecordView): number {
  return view.notes('operator.detected-by-reports')[0]?.atMs ?? HISTORY_END_MS;
}

function judge([moments]: readonly (readonly number[])[]): FactCheck {
  const middle = median(moments!);
  const [early, late] = [quantile(moments!, 0.05), quantile(moments!, 0.95)];
  return {
    holds: Math.abs(middle - DETECTED_MS) <= 10 * MINUTE_MS,
    expected: `detected by reports at ${clockTime(clock, DETECTED_MS)}, median over seeds`,
    observed: `median ${clockTime(clock, middle)}, 5–95 % ${clockTime(clock, early)}–${clockTime(clock, late)}`,
    tolerance: '± 10 min',
  };
}

export const sweepFacts: readonly SweepFact[] = [
  {
    id: 'N8',
    kind: 'fitted',
    fittedBy: ['reportProbability'],
    scope: 'sweep',
    report: '17:22: detected “following user reports”',
    minimumSeeds: 200,
    variants: [{}],
    observe: detectedMs,
    write: (atMs) => `detected at ${clockTime(clock, atMs)}`,
    check: judge,
  },
];
