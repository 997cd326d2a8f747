/** Nothing is scaled and nothing is moved: instances stay where and as many as they are. */
import {
  ACTED,
  cast,
  hostsOf,
  withRole,
  type Mitigation,
  type NotApplicable,
  type Process,
  type Role,
  type Scenario,
  type World,
} from '../../../simulator/contract/index.ts';
import { orchestrator, type Action, type DatedActions } from '../../operator/index.ts';
import { diff } from '../diff.ts';

const ID = 'freeze-autoscaling';

/**
 * What the platform would start or move is left undone, for the whole play. What it tells processes about its hardware is
 * not ours to freeze: whoever is restarted later still reads the new value.
 */
export const freezeAutoscaling: Mitigation = {
  id: ID,
  family: 'host-bound-cookie',
  place: 'platform',
  sentence: 'Scaling is frozen: no instance is started or moved by the platform.',
  source: 'A common first reaction to an incident after a scaling event. For the whole play: ours, the most it can do.',
  hurtsWhen: 'Load grows: what would have been added is not there. And the next restart meets what was only put off.',
  change: diff(
    '-  minReplicas: 2',
    '-  maxReplicas: 16',
    '+  minReplicas: 16',
    '+  maxReplicas: 16   # and no maintenance windows',
  ),
  apply: frozen,
};

const isScaling = ({ kind }: Action): boolean => kind === 'start' || kind === 'move';

function frozen(scenario: Scenario): Scenario | NotApplicable {
  const platforms = hostsOf(scenario, orchestrator);
  if (platforms.length === 0) return { notApplicable: 'no platform that could scale anything here' };
  const events = platforms.flatMap(({ options }) => options.events);
  const held = events.filter(({ actions }) => actions.some(isScaling)).map(({ atMs, label }) => ({ atMs, label }));
  if (held.length === 0) return scenario;
  const still = withRole(scenario, orchestrator, (options) => ({
    ...options,
    events: options.events.map(withoutScaling),
  }));
  const freeze = cast({ name: ID, pool: 'platform', role: holds, options: { held } });
  return { ...still, cast: [...still.cast, freeze] };
}

function withoutScaling(event: DatedActions): DatedActions {
  return event.actions.some(isScaling)
    ? { ...event, actions: event.actions.filter((each) => !isScaling(each)) }
    : event;
}

interface FreezeOptions {
  /** What would have happened, and when. */
  readonly held: readonly Pick<DatedActions, 'atMs' | 'label'>[];
}

const holds: Role<FreezeOptions> = { name: 'scaling-freeze', main: hold };

/** Says each time that something was not done. */
function* hold(world: World, { held }: FreezeOptions): Process<void> {
  for (const { atMs, label } of [...held].sort((a, b) => a.atMs - b.atMs)) {
    yield* world.timers.sleepUntil(atMs);
    world.journal.note(ACTED, { mitigation: ID, heldBack: label });
  }
}
