/** What a scenario file says rightly in each place and wrongly as a whole: ends before beginnings, knobs that contradict each other. */
import { SimulatorError } from '../../simulator/contract/index.ts';
import { faultSpec } from './cast/faults.ts';
import { incidentOf } from './cast/incident.ts';
import { placedHosts } from './cast/placed-hosts.ts';
import { profileOf } from './cast/services.ts';
import { durationText } from './duration.ts';
import type { CheckedFault, CheckedScenario, HostGroup } from './schema/scenario.ts';
import type { Complaint, Path, Source } from './source.ts';

/** More events than a laptop plays in minutes: a slip of the keyboard. */
const MOST_HOSTS = 5_000;

export function senseComplaints(document: CheckedScenario, source: Source): readonly Complaint[] {
  const complaints = [
    ...clockComplaints(document, source),
    ...Object.entries(document.faults ?? {}).flatMap(([id, fault]) => faultComplaints(['faults', id], fault, source)),
    ...groups(document).flatMap(([path, group]) => profileComplaints(path, group, source)),
    ...populationComplaints(document, source),
  ];
  const hostCount = placedHosts(document).length;
  if (hostCount > MOST_HOSTS) {
    complaints.push(
      source.complaint(['hosts'], `makes ${hostCount} hosts: more than ${MOST_HOSTS} are not played.`, true),
    );
  }
  return complaints.length > 0 ? complaints : wholeComplaints(document, source);
}

function clockComplaints({ clock }: CheckedScenario, source: Source): readonly Complaint[] {
  const complaints: Complaint[] = [];
  const { t0Ms, endMs, horizonMs, again = [] } = clock;
  if (endMs !== undefined && endMs <= t0Ms) {
    complaints.push(source.complaint(['clock', 'end'], 'must lie after t0.'));
  }
  if (horizonMs !== undefined && horizonMs <= t0Ms) {
    complaints.push(source.complaint(['clock', 'horizon'], 'must lie after t0.'));
  }
  let beforeMs = Math.max(endMs ?? t0Ms + clock.lastsMs, horizonMs ?? t0Ms + 1.5 * clock.lastsMs);
  for (const [index, { fromMs, untilMs }] of again.entries()) {
    const path: Path = ['clock', 'again', index];
    if (fromMs < beforeMs)
      complaints.push(source.complaint([...path, 'from'], 'must lie after what is watched before it.'));
    if (untilMs <= fromMs) complaints.push(source.complaint([...path, 'until'], 'must lie after its beginning.'));
    beforeMs = untilMs;
  }
  return complaints;
}

function faultComplaints(path: Path, fault: CheckedFault, source: Source): readonly Complaint[] {
  if (fault.untilMs <= fault.fromMs) {
    return [source.complaint([...path, 'until'], 'must lie after from: every fault has an end.')];
  }
  return attempt(() => faultSpec(String(path.at(-1)), fault), path, source);
}

function groups({ hosts = {}, cells = {} }: CheckedScenario): readonly (readonly [Path, HostGroup])[] {
  const alone = Object.entries(hosts).map(([key, group]) => [['hosts', key], group] as const);
  const inCells = Object.entries(cells).flatMap(([cell, { hosts: inside }]) =>
    Object.entries(inside).map(([key, group]) => [['cells', cell, 'hosts', key], group] as const),
  );
  return [...alone, ...inCells];
}

function profileComplaints(path: Path, group: HostGroup, source: Source): readonly Complaint[] {
  if (group.role !== 'backend') return [];
  return attempt(() => profileOf(group.verifier), [...path, 'verifier'], source);
}

function populationComplaints({ populations }: CheckedScenario, source: Source): readonly Complaint[] {
  return Object.entries(populations).flatMap(([name, entry]) => {
    if (entry.kind === 'browser-sessions') {
      const sum = (entry.arrivalsByHour ?? []).reduce((total, share) => total + share, 0);
      if (sum <= 1 + 1e-9) return [];
      const message = `holds shares of one population: together 1 at most, not ${Math.round(sum * 1_000) / 1_000}.`;
      return [source.complaint(['populations', name, 'arrivalsByHour'], message)];
    }
    if (entry.kind === 'spa' && (entry.arriveUntilMs ?? Infinity) < (entry.arriveFromMs ?? 0)) {
      return [source.complaint(['populations', name, 'arriveUntil'], 'must not lie before arriveFrom.')];
    }
    return [];
  });
}

/** What only the whole play can tell: it is put together once, and not run. */
function wholeComplaints(document: CheckedScenario, source: Source): readonly Complaint[] {
  return attempt(
    () => {
      const incident = incidentOf(document);
      incident.historical({});
      incident.scored({}, 'reports');
      incident.fairWeather({});
    },
    [],
    source,
  );
}

function attempt(work: () => unknown, path: Path, source: Source): readonly Complaint[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof SimulatorError) return [source.complaint(path, inFileWords(error.message))];
    throw error;
  }
}

/** `refreshAheadMs is 1800000` as the file has it: `refreshAhead is 30m`. */
function inFileWords(message: string): string {
  return message
    .replace(/(\w+)Ms is (\d+)/g, (_whole, name: string, value: string) => `${name} is ${durationText(Number(value))}`)
    .replace(/\b([a-z]+[A-Za-z]*)Ms\b/g, '$1')
    .replace(/^Verifier knob /, '');
}
