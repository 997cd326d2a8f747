/** What running the same seed twice has shown. */
import type { Difference, TracedEvent, Verification } from '../../simulator/experiment/index.ts';
import { whole } from './figures.ts';

export function verificationText(verification: Verification): string {
  if (!verification.identical) return `Two runs of one seed differ: ${differenceText(verification.difference)}`;
  const { eventCount, traceHash } = verification;
  return `Run twice: ${whole(eventCount)} events, the same trace ${traceHash} and the same record.`;
}

export function differenceText(difference: Difference): string {
  switch (difference.in) {
    case 'events': {
      const { first, second } = difference;
      const number = first?.number ?? second?.number ?? 0;
      return `event ${whole(number)} is the first, ${eventText(first)} in one run and ${eventText(second)} in the other.`;
    }
    case 'record':
      return `all events agree, but not "${difference.part}" of the record: ${difference.first} in one run, ${difference.second} in the other.`;
    case 'stretch':
      return `they part between event ${whole(difference.afterEvent)} and event ${whole(difference.beforeEvent)}, each time elsewhere.`;
  }
}

function eventText(event: TracedEvent | null): string {
  if (event === null) return 'no event at all';
  const { atMs, kind, host, targetId } = event;
  return `"${kind}" at ${atMs} ms on ${host ?? 'the network'} (target ${targetId})`;
}
