/** The machines of a published play as groups of a scenario file: equal neighbours together, equal cells together. */
import type { HostSpec } from '../../../simulator/contract/index.ts';
import type { CheckedScenario, HostGroup } from '../schema/scenario.ts';
import { numbered } from '../cast/placed-hosts.ts';
import { same } from './difference.ts';
import { patternsOf } from './names.ts';

type Groups = Pick<CheckedScenario, 'hosts' | 'cells'>;

/** A machine with what a file says of it; `pool` always given. */
export interface DescribedHost {
  readonly spec: HostSpec;
  readonly group: HostGroup;
}

export function groupsOf(hosts: readonly DescribedHost[]): Groups {
  const cells = cellsOf(hosts);
  return cells ?? { hosts: grouped(hosts, undefined) };
}

/** The same hosts again and again, each time under the name of their pool: written once. Undefined where it is not so. */
function cellsOf(hosts: readonly DescribedHost[]): Groups | undefined {
  const pools = [...new Set(hosts.filter(({ group }) => group.role === 'backend').map(({ spec }) => spec.pool))];
  if (pools.length < 2) return undefined;
  const members = pools.map((pool) => hosts.filter(({ spec }) => spec.name.startsWith(`${pool}-`)));
  const whole = members.flat();
  if (whole.length !== hosts.length || !whole.every((host, index) => host === hosts[index])) return undefined;
  const inside = members.map((each, index) => grouped(each, pools[index]!));
  if (!inside.every((each) => same(each, inside[0]))) return undefined;
  return { cells: { cells: { names: pools, hosts: inside[0]! } } };
}

/** @param cell whose name is taken off those of its hosts, and whose pool needs no word */
function grouped(hosts: readonly DescribedHost[], cell: string | undefined): NonNullable<CheckedScenario['hosts']> {
  const groups: Record<string, HostGroup> = {};
  for (let index = 0; index < hosts.length;) {
    const length = runLength(hosts.slice(index), cell);
    const run = hosts.slice(index, index + length);
    const first = run[0]!;
    const spare = run.filter(({ spec }) => spec.startAtMs === 'never').length;
    const key = length === 1 ? ownName(first, cell) : patternOf(run, cell)!;
    const counted = length === 1 ? {} : { count: length, ...(spare === 0 ? {} : { spare }) };
    const { role, ...rest } = withoutUsualPool(first.group, key, cell);
    groups[key] = { role, ...counted, ...rest } as HostGroup;
    index += length;
  }
  return groups;
}

function runLength(hosts: readonly DescribedHost[], cell: string | undefined): number {
  const first = hosts[0]!;
  let length = 1;
  while (length < hosts.length && same(hosts[length]!.group, first.group)) length++;
  while (length > 1 && patternOf(hosts.slice(0, length), cell) === undefined) length--;
  return length;
}

/** The pattern that names exactly these hosts in this order, those that are spare at the end. */
function patternOf(hosts: readonly DescribedHost[], cell: string | undefined): string | undefined {
  const names = hosts.map((host) => ownName(host, cell));
  const isSpare = hosts.map(({ spec }) => spec.startAtMs === 'never');
  if (isSpare.some((spare, index) => index > 0 && isSpare[index - 1]! && !spare)) return undefined;
  return patternsOf(names[0]!).find((pattern) => same(numbered(pattern, names.length), names));
}

function ownName({ spec }: DescribedHost, cell: string | undefined): string {
  return cell === undefined ? spec.name : spec.name.slice(cell.length + 1);
}

/** What a reader of the file gets without a word, see placed-hosts.ts. */
function withoutUsualPool(whole: HostGroup, key: string, cell: string | undefined): HostGroup {
  const group = withoutCellBehind(whole, cell);
  const { pool, ...rest } = group;
  const usual =
    group.role === 'router'
      ? 'edge'
      : group.role === 'backend' && cell !== undefined
        ? cell
        : key.replace(/-?\{n+\}-?/, '');
  return (pool === usual ? rest : group) as HostGroup;
}

function withoutCellBehind(group: HostGroup, cell: string | undefined): HostGroup {
  if (group.role !== 'router' || cell === undefined || group.balancedPool !== cell) return group;
  const { balancedPool: _cell, ...rest } = group;
  return rest as HostGroup;
}
