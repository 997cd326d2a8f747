/** What can be read of a scenario file before it is known to be right: groups of hosts, faults, actions, with their places. */
import type { CheckedScenario } from './schema/scenario.ts';
import type { Path } from './source.ts';

export type Group = Readonly<Record<string, unknown>>;

export function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(value: unknown): readonly (readonly [string, Group])[] {
  return isGroup(value) ? Object.entries(value).filter((entry): entry is [string, Group] => isGroup(entry[1])) : [];
}

/** Groups of hosts, with the name of the group of cells that they stand in. */
export function groupsOf(content: Group): readonly (readonly [Path, Group, string | undefined])[] {
  const alone = entriesOf(content['hosts']).map(([key, group]) => [['hosts', key], group, undefined] as const);
  const inCells = entriesOf(content['cells']).flatMap(([cells, { hosts }]) =>
    entriesOf(hosts).map(([key, group]) => [['cells', cells, 'hosts', key], group, cells] as const),
  );
  return [...alone, ...inCells];
}

export function faultGroups(content: Group): readonly (readonly [Path, Group])[] {
  const goodDay = isGroup(content['goodDay']) ? content['goodDay'] : {};
  return [
    ...entriesOf(content['faults']).map(([id, fault]) => [['faults', id], fault] as const),
    ...entriesOf(goodDay['faults']).map(([id, fault]) => [['goodDay', 'faults', id], fault] as const),
  ];
}

/** Every list of actions: of the platform's events, of the operator's steps, of the good day. */
export function actionLists(content: Group): readonly (readonly [Path, readonly unknown[]])[] {
  const operator = isGroup(content['operator']) ? content['operator'] : {};
  const goodDay = isGroup(content['goodDay']) ? content['goodDay'] : {};
  const again = Array.isArray(operator['recurrences']) ? operator['recurrences'] : [];
  return [
    ...stepsIn(['events'], content['events']),
    ...stepsIn(['operator', 'response'], operator['response']),
    ...again.flatMap((each: unknown, index) => {
      return isGroup(each) ? stepsIn(['operator', 'recurrences', index, 'response'], each['response']) : [];
    }),
    ...stepsIn(['goodDay', 'events'], goodDay['events']),
  ];
}

function stepsIn(path: Path, steps: unknown): readonly (readonly [Path, readonly unknown[]])[] {
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown, index) => {
    const actions = isGroup(step) ? step['actions'] : undefined;
    return Array.isArray(actions) ? [[[...path, index, 'actions'], actions] as const] : [];
  });
}

/** As much of the machines as names need: enough for a stage that nothing is played on. */
export function legible(content: Group): CheckedScenario {
  const cells = entriesOf(content['cells']).map(([key, { count, names, hosts }]) => [
    key,
    { ...whole('count', count), ...(isNames(names) ? { names } : {}), hosts: machinesIn(hosts) },
  ]);
  const document = {
    clock: { startsAt: '2000-01-01T00:00' },
    hosts: machinesIn(content['hosts']),
    cells: Object.fromEntries(cells),
    populations: {},
  };
  return document as unknown as CheckedScenario;
}

const ROLES: readonly unknown[] = ['idp', 'backend', 'router'];

export function hasUnknownRoles(content: Group): boolean {
  return groupsOf(content).some(([, { role }]) => !ROLES.includes(role));
}

function machinesIn(hosts: unknown): Group {
  return Object.fromEntries(
    entriesOf(hosts).map(([key, { role, count, spare, pool, balances }]) => [
      key,
      {
        role,
        ...whole('count', count),
        ...whole('spare', spare),
        ...(typeof pool === 'string' ? { pool } : {}),
        ...(typeof balances === 'string' ? { balancedPool: balances } : {}),
      },
    ]),
  );
}

/** More than anybody means would take long to write out. */
const MOST = 10_000;

function whole(name: string, value: unknown): Group {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST ? { [name]: value } : {};
}

function isNames(names: unknown): names is readonly string[] {
  return Array.isArray(names) && names.every((name) => typeof name === 'string');
}
