/** The notes of the record in words, for a reader who does not know their names. */
import type { DatedNote } from '../../simulator/experiment/index.ts';

type Detail = DatedNote['detail'];

const WORDS: Readonly<Record<string, (detail: Detail) => string>> = {
  'keys.fetch-failed': ({ reason }) => `failed to fetch the verification keys (${String(reason)})`,
  'keys.loaded': ({ keyCount, kids }) => `loaded ${count(keyCount, 'verification key')} (${String(kids)})`,
  'keys.missing': ({ reason }) => `goes into service without verification keys: ${String(reason)}`,
  'backend.listening': ({ holdsKeys }) => `opens its door${holdsKeys === false ? ', holding no keys' : ''}`,
  'host.exited': () => 'its process ends',
  'orchestrator.began': ({ label }) => `the platform begins: ${String(label)}`,
  'orchestrator.ended': ({ label }) => `the platform has done: ${String(label)}`,
  'orchestrator.restarted': ({ instance }) => `the platform has restarted ${String(instance)}`,
  'orchestrator.moved': ({ instance }) => `the platform has moved ${String(instance)} to other hardware`,
  'orchestrator.restarted-crashed': ({ instance }) =>
    `the platform has started ${String(instance)} again after a crash`,
  'router.unhealthy': ({ instance }) => `health checks take ${String(instance)} out`,
  'router.healthy': ({ instance }) => `health checks take ${String(instance)} back`,
  'router.ejected': ({ instance }) => `${String(instance)} is ejected as an outlier`,
  'router.rate-limit-set': () => 'a rate limit is set',
  'mitigation.acted': ({ mitigation }) => `mitigation ${String(mitigation)} acts`,
};

/** A note without words of its own is told by its name and detail. */
export function noteWords({ kind, detail }: Pick<DatedNote, 'kind' | 'detail'>): string {
  const words = WORDS[kind];
  if (words !== undefined) return words(detail);
  const members = Object.entries(detail).map(([name, value]) => `${name} ${String(value)}`);
  const name = kind.replaceAll(/[.-]/g, ' ');
  return members.length === 0 ? name : `${name} (${members.join(', ')})`;
}

function count(number: unknown, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
