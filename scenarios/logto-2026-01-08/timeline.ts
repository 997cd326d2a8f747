/** What happened when, by the report: inputs of the play. */
import type { AssumptionValues, TimelineEntry } from '../../simulator/experiment/index.ts';
import { CAUSE_FOUND_MS, CLEARED_MS, RECOVERED_MS, REVERTED_MS, T0_MS } from './clock.ts';

export function timeline(values: AssumptionValues): readonly TimelineEntry[] {
  const retained = values['retainOldKeyMs']!;
  const old = retained === 0 ? 'the old key goes at once' : `the old key stays ${Math.round(retained / 60_000)} min`;
  return [
    { atMs: T0_MS, kind: 'input', text: `the signing key is rotated; ${old} (L2; the latter assumed)` },
    { atMs: CAUSE_FOUND_MS, kind: 'input', text: 'cause found (L5)' },
    { atMs: CLEARED_MS, kind: 'input', text: 'cache cleared (L6)' },
    { atMs: REVERTED_MS, kind: 'input', text: 'signing key reverted, cache cleared again (L7)' },
    { atMs: RECOVERED_MS, kind: 'annotation', text: 'service recovered, by the report (L9)' },
  ];
}
