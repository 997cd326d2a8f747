/** What happened when, by the report: inputs of the play and posts that are only shown. */
import type { AssumptionValues, TimelineEntry } from '../../simulator/experiment/index.ts';
import { at, CLOSED_MS, CYCLE_FROM_MS, CYCLE_UNTIL_MS, FIRST_POST_MS, T0_MS } from './clock.ts';
import { occurrences } from './scaling.ts';

export function timeline(values: AssumptionValues): readonly TimelineEntry[] {
  const input = (atMs: number, text: string): TimelineEntry => ({ atMs, kind: 'input', text });
  const post = (atMs: number, text: string): TimelineEntry => ({ atMs, kind: 'annotation', text });
  const touched = `${values['stampsTouched']} of ${values['stamps']} stamps`;
  const [, ...recurrences] = occurrences(values);
  return [
    input(T0_MS, `scaling event: the hardware below ${touched} changes (U1; which stamps is assumed)`),
    post(at(0, 5, 30), 'start of the trouble, by the first post (“approximately”)'),
    post(FIRST_POST_MS, 'status page, Investigating: “once logged in are immediately logged out”'),
    input(CYCLE_FROM_MS, 'the web roles begin to be cycled (U9)'),
    post(CYCLE_FROM_MS, 'status page: “please wait 5 minutes and try again”'),
    post(CYCLE_UNTIL_MS, 'status page, Monitoring: “Operations have refreshed these roles”'),
    post(CLOSED_MS, 'closed after hours of monitoring'),
    post(at(0, 11, 34), 'status page, Resolved, “without an identified Root Cause”'),
    ...recurrences.flatMap(({ eventMs, cycleFromMs }) => [
      input(eventMs, `scaling event: ${touched} again (U10; time of day assumed)`),
      input(cycleFromMs, 'the web roles begin to be cycled (assumed moment)'),
    ]),
  ];
}
