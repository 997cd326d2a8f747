/** What the platform does to the stamps, and what Operations do about it: scaling events and cycles of the web roles. */
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import type { Action, DatedActions } from '../../services/operator/index.ts';
import { at, CYCLE_FROM_MS, CYCLE_UNTIL_MS, MINUTE_MS, RECURRENCE_DAYS, T0_MS } from './clock.ts';
import { HARDWARE, stampsOf, type Stamp } from './system.ts';

export const GRACE_MS = 10_000;
/** Users are watched from this long before a recurrence, and this long after its cycle has ended. */
const BEFORE_MS = 45 * MINUTE_MS;
const AFTER_MS = 25 * MINUTE_MS;

export interface Occurrence {
  /** In days after September 9. */
  readonly day: number;
  readonly eventMs: number;
  readonly cycleFromMs: number;
  readonly cycleUntilMs: number;
}

/** September 9, 25 and 27. */
export function occurrences(values: AssumptionValues): readonly [Occurrence, ...Occurrence[]] {
  const recurrences = RECURRENCE_DAYS.map((day): Occurrence => {
    const eventMs = at(day, values['recurrenceHour']!);
    const cycleFromMs = eventMs + values['recurrenceCycleAfterMs']!;
    return { day, eventMs, cycleFromMs, cycleUntilMs: cycleFromMs + values['recurrenceCycleMs']! };
  });
  return [{ day: 0, eventMs: T0_MS, cycleFromMs: CYCLE_FROM_MS, cycleUntilMs: CYCLE_UNTIL_MS }, ...recurrences];
}

/** When a recurrence is watched. */
export function windowOf({ eventMs, cycleUntilMs }: Occurrence): { readonly fromMs: number; readonly untilMs: number } {
  return { fromMs: eventMs - BEFORE_MS, untilMs: cycleUntilMs + AFTER_MS };
}

/** U1: below some stamps the hardware changes, and a part of their instances is moved to it. Stamp by stamp, at once. */
export function scalingEvents(values: AssumptionValues): readonly DatedActions[] {
  return occurrences(values).flatMap(({ eventMs }, index) => {
    return touchedStamps(values, index).map((stamp) => ({
      atMs: eventMs,
      label: `scaling event at ${stamp.name}`,
      actions: hardwareChange(stamp, values, `generation-${index + 2}`),
    }));
  });
}

/** Evenly spaced, other ones each time. */
function touchedStamps(values: AssumptionValues, occurrence: number): readonly Stamp[] {
  const stamps = stampsOf(values, 'eu');
  const stride = Math.floor(stamps.length / values['stampsTouched']!);
  return Array.from({ length: values['stampsTouched']! }, (_, index) => {
    return stamps[(2 + occurrence + index * stride) % stamps.length]!;
  });
}

function hardwareChange({ instances }: Stamp, values: AssumptionValues, generation: string): readonly Action[] {
  // At least one stays where it was: otherwise all would read the new value and agree.
  const moved = instances.slice(-Math.min(values['movedPerStamp']!, instances.length - 1));
  return [
    { kind: 'set-platform', instances, values: { [HARDWARE]: generation } },
    { kind: 'move', instances: moved, downMs: values['moveDownMs']!, graceMs: GRACE_MS },
  ];
}

/** Operations "cycle the web services": every role of the deployment in turn, from the first moment to the last. */
export function cycle(
  values: AssumptionValues,
  { cycleFromMs, cycleUntilMs }: Occurrence,
  label: string,
): DatedActions {
  const instances = stampsOf(values, 'eu').flatMap((stamp) => stamp.instances);
  const everyMs = (cycleUntilMs - cycleFromMs) / instances.length;
  return { atMs: cycleFromMs, label, actions: [{ kind: 'restart', instances, everyMs, graceMs: GRACE_MS }] };
}
