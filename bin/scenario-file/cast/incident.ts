/** A checked scenario file as an incident: what is replayed, scored and explained like the published ones. */
import type { Incident, RecordView, TimelineEntry } from '../../../simulator/experiment/index.ts';
import { measure } from '../../../simulator/experiment/measures.ts';
import { defaultIdpOptions } from '../../../services/idp/index.ts';
import type { CheckedScenario, Step } from '../schema/scenario.ts';
import { thresholdFacts } from '../thresholds/facts.ts';
import { goodDay } from './good-day.ts';
import { labelOf } from './operations.ts';
import { play } from './play.ts';
import { Stage } from './stage.ts';

const HOUR_MS = 3_600_000;
/** Sign-ins a second that the auth service is taken to manage where a file counts them and does not say. */
const SIGN_INS_PER_SECOND = 5;

export function incidentOf(document: CheckedScenario): Incident {
  const { id, title, sentence = title, clock } = document;
  const { zone = 'local', utcOffsetMinutes = 0, t0Ms, lastsMs } = clock;
  const stage = new Stage(document);
  const endMs = clock.endMs ?? t0Ms + lastsMs + HOUR_MS;
  const horizonMs = clock.horizonMs ?? t0Ms + 1.5 * lastsMs;
  const populations = countedPopulations(document);
  const authLoad = authLoadOf(stage);
  const lifetimeMs = tokenLifetimeMs(document);
  const measures = (view: RecordView) =>
    measure({
      view,
      populations,
      t0Ms,
      horizonMs: endMs,
      authCounter: authLoad.counter,
      authCapacityPerSecond: authLoad.capacityPerSecond({}),
    });
  return {
    id,
    title,
    sentence,
    clock: { zone, utcOffsetMinutes, startsAt: clock.startsAt.replace(' ', 'T'), t0Ms },
    publishedDurationMs: lastsMs,
    assumptions: [],
    historical: () => play(stage, endMs, 'published'),
    scored: (_values, response) => play(stage, horizonMs, response),
    fairWeather: () => goodDay(document),
    facts: thresholdFacts(document.thresholds ?? {}, measures, lifetimeMs),
    timeline: () => timelineOf(document),
    mutations: [],
    ...(document.mitigations === undefined ? {} : { ownMitigations: document.mitigations }),
    populations,
    accessTokenLifetimeMs: () => lifetimeMs,
    authLoad,
  };
}

/** The longest of any provider: the budget for a revoked session that is still admitted. */
export function tokenLifetimeMs(document: CheckedScenario): number {
  const groups = Object.values(document.hosts ?? {}).filter((group) => group.role === 'idp');
  const usual = defaultIdpOptions.accessTokenLifetimeMs;
  return Math.max(
    ...groups.map(({ accessTokenLifetimeMs }) => accessTokenLifetimeMs ?? usual),
    groups.length === 0 ? usual : 0,
  );
}

/** Machines suffer no harm. */
function countedPopulations({ populations }: CheckedScenario): readonly string[] {
  return Object.entries(populations).flatMap(([name, { kind }]) => (kind === 'desktop-fleet' ? [] : [name]));
}

function authLoadOf(stage: Stage): Incident['authLoad'] {
  const said = stage.document.authLoad ?? {};
  const [first] = stage.idps;
  const counts = said.counts ?? (first === undefined ? 'sign-ins' : 'idp-requests');
  const { concurrency } = first?.group.capacity ?? defaultIdpOptions.capacity;
  const { meanMs } = first?.group.serviceTimes?.token ?? defaultIdpOptions.serviceTimes.token;
  const usual = counts === 'sign-ins' ? SIGN_INS_PER_SECOND : (concurrency * 1_000) / meanMs;
  const capacity = said.capacityPerSecond ?? usual;
  return { counter: counts === 'sign-ins' ? 'user.sign-ins' : 'idp.requests', capacityPerSecond: () => capacity };
}

function timelineOf({ events = [], operator, timeline = [] }: CheckedScenario): readonly TimelineEntry[] {
  const input = ({ atMs, label, actions = [] }: Step): TimelineEntry => {
    return { atMs, kind: 'input', text: label ?? labelOf(actions) };
  };
  const responses = [
    ...(operator?.response ?? []),
    ...(operator?.recurrences ?? []).flatMap(({ response }) => response),
  ];
  const shown = timeline.map(({ atMs, text }): TimelineEntry => ({ atMs, kind: 'annotation', text }));
  return [...events.map(input), ...responses.map(input), ...shown].sort((one, other) => one.atMs - other.atMs);
}
