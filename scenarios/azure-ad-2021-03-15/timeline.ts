/** What happened when, by the reports: inputs of the play and moments that are only shown. */
import type { AssumptionValues, TimelineEntry } from '../../simulator/experiment/index.ts';
import { MINUTE_MS, PUBLISHED_DURATION_MS, REVERT_MS, ROLLBACK_MS, T0_MS } from './clock.ts';

export function timeline(values: AssumptionValues): readonly TimelineEntry[] {
  const input = (atMs: number, text: string): TimelineEntry => ({ atMs, kind: 'input', text });
  const shown = (minutes: number, text: string): TimelineEntry => ({
    atMs: T0_MS + minutes * MINUTE_MS,
    kind: 'annotation',
    text,
  });
  return [
    input(T0_MS, 'a key that signs tokens is removed from the public metadata (A1)'),
    shown(15, 'status page: “starting at approximately 19:15” (A12)'),
    input(REVERT_MS, 'last deployment reverted, the wrong first action (A5)'),
    input(ROLLBACK_MS, 'key metadata rolled back (A7)'),
    input(
      T0_MS + values['invalidationStartsMs']!,
      'cached metadata is invalidated, instance by instance (A9; assumed moment)',
    ),
    shown(PUBLISHED_DURATION_MS / MINUTE_MS, 'end of the residual impact (A9)'),
  ];
}
