/** What happened when, by the report: inputs of the play and posts that are only shown. */
import type { AssumptionValues, TimelineEntry } from '../../simulator/experiment/index.ts';
import { at, FIRST_POST_MS, RECOVERY_MS, T0_MS } from './clock.ts';

export function timeline(values: AssumptionValues): readonly TimelineEntry[] {
  const input = (atMs: number, text: string): TimelineEntry => ({ atMs, kind: 'input', text });
  const post = (atMs: number, text: string): TimelineEntry => ({ atMs, kind: 'annotation', text });
  return [
    input(at(0, values['tuesdayExpiryFromHour']!), 'the first tokens of the desktop fleet expire (assumed)'),
    post(T0_MS, 'first impact, by the report (C0)'),
    input(at(1, values['wednesdayExpiryFromHour']!), 'the second half of the tokens begins to expire (assumed)'),
    post(FIRST_POST_MS, 'status page, Investigating'),
    input(RECOVERY_MS, 'auth service recovered, rate limiting set (C9)'),
    post(at(1, 10, 3), 'status page, Monitoring'),
    post(at(1, 11, 12), 'status page, Resolved'),
  ].sort((a, b) => a.atMs - b.atMs);
}
