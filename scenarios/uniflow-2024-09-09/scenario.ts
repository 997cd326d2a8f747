/** The play: a scaling event parts the instances of some stamps into two that reject each other's cookies; then twice more. */
import { cast, type HostSpec, type Scenario, type Window } from '../../simulator/contract/index.ts';
import type { AssumptionValues } from '../../simulator/experiment/index.ts';
import { attacker } from '../../services/clients/attacker.ts';
import { operator, orchestrator, type OperatorOptions } from '../../services/operator/index.ts';
import { at, HISTORY_END_MS, HORIZON_MS, MINUTE_MS } from './clock.ts';
import { people, type WatchedDay } from './people.ts';
import { cycle, occurrences, scalingEvents, windowOf } from './scaling.ts';
import { edgeOf, system } from './system.ts';

type Response = 'published' | 'reports';

export const LINKS: Scenario['links'] = {
  default: { baseMs: 0.5, jitterMeanMs: 0.5 },
  'wan>lan': { baseMs: 20, jitterMeanMs: 10 },
  'lan>wan': { baseMs: 20, jitterMeanMs: 10 },
};

/** The same in every run; see services/clients/attacker.ts. There are no tokens here, only cookies. */
export const attackers: HostSpec = cast({
  name: 'attacker',
  pool: 'attackers',
  role: attacker,
  zone: 'wan',
  options: { everyMs: 10 * MINUTE_MS, cookies: { edge: edgeOf('eu-1'), path: '/app/page' } },
});

export function historical(values: AssumptionValues): Scenario {
  return play(values, HISTORY_END_MS, 'published');
}

/** September 9 to the horizon, then both recurrences: a cure that does not last is harmed by them again. */
export function scored(values: AssumptionValues, response: Response): Scenario {
  return play(values, HORIZON_MS, response);
}

function play(values: AssumptionValues, firstUntilMs: number, response: Response): Scenario {
  const [first, ...recurrences] = occurrences(values);
  const days: readonly WatchedDay[] = [
    { midnightMs: at(first.day, 0), window: { fromMs: 0, untilMs: firstUntilMs } },
    ...recurrences.map((each) => ({ midnightMs: at(each.day, 0), window: windowOf(each) })),
  ];
  const windows: readonly Window[] = days.map(({ window }) => window);
  return {
    id: 'uniflow-2024-09-09',
    cast: [...system(values), ...organisation(values, response), ...people(values, days), attackers],
    faults: [],
    links: LINKS,
    windows,
    endMs: windows.at(-1)!.untilMs,
  };
}

function organisation(values: AssumptionValues, respondsTo: Response): readonly HostSpec[] {
  const [first, ...recurrences] = occurrences(values);
  const options: OperatorOptions = {
    ...peopleInCharge(values),
    response: [cycle(values, first, 'the web roles are cycled (U9)')],
    recurrences: recurrences.map((each) => ({
      fromMs: windowOf(each).fromMs,
      response: [cycle(values, each, 'the web roles are cycled again (assumed)')],
    })),
    respondsTo,
  };
  const events = scalingEvents(values);
  return [
    cast({ name: 'orchestrator', pool: 'platform', role: orchestrator, options: { events, supervised: [] } }),
    cast({ name: 'operator', pool: 'operations', role: operator, options }),
  ];
}

/** How Operations hear of trouble and how long they take. */
export function peopleInCharge(values: AssumptionValues): Omit<OperatorOptions, 'response'> {
  return {
    orchestrator: 'orchestrator',
    reports: { thresholdCount: Math.ceil(values['reportsNeeded']! * values['scale']!), triageMs: values['triageMs']! },
    onPage: {
      reactionMedianMs: values['reactionMedianMs']!,
      reactionSigma: 0.5,
      rightActionProbability: values['rightActionProbability']!,
    },
  };
}
