/**
 * The rooms of the house and the arrows between them, as data. A new room is a new entry here, a tsconfig.json of its own
 * and a reference in the root tsconfig.json.
 */

export interface Arrow {
  /** Folder that may be imported from. */
  readonly to: string;
  /** Only `import type`: nothing of it is there when the program runs. */
  readonly typesOnly?: true;
}

export interface Room {
  /** Path from the root of the repository. A file belongs to the room with the longest matching folder. */
  readonly folder: string;
  /** Model rooms run alike in Node and in a browser, twice alike for a seed: nothing ambient, no promises. */
  readonly model: boolean;
  /** What a file may import by itself. */
  readonly arrows: readonly Arrow[];
  /** What it may further reach because a room it imports uses it; never by its own import, never re-exported to it. */
  readonly throughOthers: readonly string[];
  /** npm packages by name; `node:*` stands for all of Node's modules. */
  readonly packages: readonly string[];
}

const CONTRACT = 'simulator/contract';
const VIRTUAL = 'simulator/virtual';
const EXPERIMENT = 'simulator/experiment';

const everyRoom = [CONTRACT, VIRTUAL, EXPERIMENT, 'simulator', 'services', 'scenarios', 'reports', 'bin'];

export const ROOMS: readonly Room[] = [
  { folder: CONTRACT, model: true, arrows: [], throughOthers: [], packages: [] },
  { folder: VIRTUAL, model: true, arrows: [{ to: CONTRACT }], throughOthers: [], packages: [] },
  {
    folder: EXPERIMENT,
    model: true,
    arrows: [{ to: CONTRACT }, { to: VIRTUAL }],
    throughOthers: [],
    packages: ['@noble/hashes'],
  },
  {
    folder: 'simulator',
    model: true,
    arrows: [{ to: CONTRACT }, { to: VIRTUAL }, { to: EXPERIMENT }],
    throughOthers: [],
    packages: [],
  },
  { folder: 'services', model: true, arrows: [{ to: CONTRACT }], throughOthers: [], packages: [] },
  {
    folder: 'scenarios',
    model: true,
    arrows: [{ to: CONTRACT }, { to: EXPERIMENT }, { to: 'services' }],
    throughOthers: [VIRTUAL],
    packages: [],
  },
  {
    folder: 'reports',
    model: true,
    // Reviews read only the record: the types of the Result document. The portable mathematics belongs to nobody.
    arrows: [{ to: EXPERIMENT, typesOnly: true }, { to: `${CONTRACT}/portable` }],
    throughOthers: [],
    packages: [],
  },
  {
    folder: 'bin',
    model: false,
    arrows: everyRoom.map((to) => ({ to })),
    throughOthers: [],
    packages: ['commander', 'yaml', 'zod', 'node:*'],
  },
  {
    folder: 'bench',
    model: false,
    arrows: everyRoom.map((to) => ({ to })),
    throughOthers: [],
    packages: ['node:*'],
  },
  {
    folder: 'test',
    model: false,
    arrows: [...everyRoom, 'bench'].map((to) => ({ to })),
    throughOthers: [],
    packages: ['*'],
  },
];

const roomsByPath = new Map<string, Room | undefined>();

/** The room a file belongs to; undefined outside all rooms. */
export function roomOf(path: string): Room | undefined {
  if (!roomsByPath.has(path)) roomsByPath.set(path, findRoom(path));
  return roomsByPath.get(path);
}

function findRoom(path: string): Room | undefined {
  return ROOMS.filter(({ folder }) => path.startsWith(`${folder}/`)).sort(
    (one, other) => other.folder.length - one.folder.length,
  )[0];
}

/** Tests lie beside the code they speak of and are no part of it: they may use any room and the tools of testing. */
export function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || path.startsWith('test/');
}
