/** A mark of a swim lane in words: what, how often, whose. */
import type { LaneMark } from '../../simulator/experiment/index.ts';
import { plural } from './figures.ts';
import { noteWords } from './note-words.ts';

type Words = (mark: LaneMark) => string;

/** Where a mark is best told otherwise than its first note. */
const WORDS: Readonly<Record<string, Words>> = {
  'keys.loaded': ({ detail }) => `load their verification keys (${String(detail['kids'])})`,
  'keys.missing': ({ detail }) => `in service without verification keys (${String(detail['reason'])})`,
  'keys.fetch-failed': ({ detail }) => `fail to fetch the verification keys (${String(detail['reason'])})`,
  'session.key-derived': ({ detail }) => `derive their cookie key from ${String(detail['from'])}`,
  'orchestrator.began': ({ detail }) => String(detail['label']),
  'orchestrator.restarted': () => 'restarted',
  'orchestrator.moved': () => 'moved to other hardware',
  'router.unhealthy': () => 'taken out by health checks',
  'router.ejected': () => 'ejected as outliers',
  'rate-limit.set': () => 'a rate limit is set',
  'mitigation.acted': ({ detail }) => `${String(detail['mitigation'])} acts`,
  'operator.report': ({ count }) => `${plural(count, 'report')} of users`,
  'operator.detected-by-reports': ({ detail }) => `${String(detail['reports'])} reports: enough to be believed`,
  'operator.paged': ({ detail }) => `paged by the alert ${String(detail['alert'])}`,
  'operator.acted': ({ detail }) => String(detail['label']),
  'operator.reacted': ({ detail }) => (detail['right'] === true ? 'takes the right action' : 'takes a wrong action'),
};

/** Kinds whose hosts say nothing that the lane does not say. */
const OF_NOBODY = /^(?:operator|rate-limit|mitigation)\.|^orchestrator\.began$/;

export function markWords(mark: LaneMark): string {
  const { kind, hosts, hostCount, count } = mark;
  const words = (WORDS[kind] ?? noteWords)(mark);
  if (OF_NOBODY.test(kind)) return words;
  const named = [...hosts].sort();
  const shown = named.length > 3 && hostCount > 3 ? `${hostCount} instances` : named.join(', ');
  const times = count > hostCount ? ` (${plural(count, 'time')})` : '';
  return `${shown}: ${words}${times}`;
}
