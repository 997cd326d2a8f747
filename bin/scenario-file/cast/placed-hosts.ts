/** The machines of a scenario file one by one: groups and cells written out, each with its name, its pool and its place. */
import type { CheckedScenario, HostGroup } from '../schema/scenario.ts';

export interface PlacedHost {
  readonly name: string;
  readonly pool: string;
  readonly group: HostGroup;
  /** Stays down until an event starts it. */
  readonly isSpare: boolean;
  /** The cell it stands in. */
  readonly cell?: string;
}

type Hosts = Pick<CheckedScenario, 'hosts' | 'cells'>;

/** In the order of the file: hosts, then cells, cell by cell. */
export function placedHosts({ hosts = {}, cells = {} }: Hosts): readonly PlacedHost[] {
  const alone = Object.entries(hosts).flatMap(([key, group]) => membersOf(key, group));
  const inCells = Object.entries(cells).flatMap(([key, { count, names, hosts: inside }]) =>
    cellNames(key, count, names).flatMap((cell) =>
      Object.entries(inside).flatMap(([own, group]) => membersOf(own, group, cell)),
    ),
  );
  return [...alone, ...inCells];
}

/** Names of the cells of a group: those given, or numbered ones. */
export function cellNames(
  key: string,
  count: number | undefined,
  names: readonly string[] | undefined,
): readonly string[] {
  return names ?? numbered(key, count);
}

/** `api-{nn}` and 3 give api-01, api-02, api-03; without a count the name as it stands. */
export function numbered(key: string, count: number | undefined): readonly string[] {
  if (count === undefined && !NUMBER.test(key)) return [key];
  return Array.from({ length: count ?? 1 }, (_, index) =>
    key.replace(NUMBER, (_whole, letters: string) => String(index + 1).padStart(letters.length, '0')),
  );
}

const NUMBER = /\{(n+)\}/;

function membersOf(key: string, group: HostGroup, cell?: string): readonly PlacedHost[] {
  const names = numbered(key, group.count);
  const firstSpare = names.length - (group.spare ?? 0);
  return names.map((own, index) => ({
    name: cell === undefined ? own : `${cell}-${own}`,
    pool: group.pool ?? poolOf(key, group, cell),
    group,
    isSpare: index >= firstSpare,
    ...(cell === undefined ? {} : { cell }),
  }));
}

function poolOf(key: string, group: HostGroup, cell: string | undefined): string {
  if (group.role === 'router') return 'edge';
  if (group.role === 'backend' && cell !== undefined) return cell;
  return key.replace(/-?\{n+\}-?/, '') || key;
}

/** Names of hosts that a text of the file means: a host, or all that fit a text with stars, in order. */
export function hostsNamed(pattern: string, names: readonly string[]): readonly string[] {
  if (!pattern.includes('*')) return names.filter((name) => name === pattern);
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const fits = new RegExp(`^${parts.join('.*')}$`);
  return names.filter((name) => fits.test(name));
}
