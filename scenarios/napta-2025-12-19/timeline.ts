/** What happened when, by the report: inputs of the play and posts that are only shown. */
import type { AssumptionValues, TimelineEntry } from '../../simulator/experiment/index.ts';
import { DETECTED_MS, MINUTE_MS, RESTART_MS, T0_MS } from './clock.ts';

export function timeline(values: AssumptionValues): readonly TimelineEntry[] {
  const post = (minutes: number, text: string): TimelineEntry => ({
    atMs: T0_MS + minutes * MINUTE_MS,
    kind: 'annotation',
    text,
  });
  return [
    {
      atMs: T0_MS + values['outageFromMs']!,
      kind: 'input',
      text: 'the identity provider’s key endpoints begin to fail (N2; assumed moment)',
    },
    {
      atMs: T0_MS - values['startBeforeT0Ms']!,
      kind: 'input',
      text: `scale-out starts ${values['startedInside']} instances (N3; assumed)`,
    },
    {
      atMs: T0_MS + values['outageUntilMs']!,
      kind: 'input',
      text: 'the key endpoints are healthy again (N2; assumed moment)',
    },
    { atMs: DETECTED_MS, kind: 'input', text: 'detected after user reports (N8)' },
    { atMs: RESTART_MS, kind: 'input', text: 'restart of the affected services (N9)' },
    post(109, 'status page, Investigating (16:39 UTC)'),
    post(125, 'status page, Monitoring (16:55 UTC)'),
    post(144, 'status page, Resolved (17:14 UTC)'),
  ];
}
