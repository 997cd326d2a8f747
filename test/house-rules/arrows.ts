/**
 * The arrows between rooms go one way. Project references alone let what a neighbour hands on slip through, so every
 * import of every file is followed: the file's own, what the imported file re-exports, and all that it reaches.
 */
import { importsOf, packageOf, resolveImport, type Import } from './imports.ts';
import type { Offence } from './offence.ts';
import { isTest, roomOf, type Arrow, type Room } from './rooms.ts';
import type { Source } from './tokens.ts';

interface Edge extends Import {
  readonly target: string;
}

/** Looks at all files of the house at once; `sources` must hold every file that one of them imports. */
export function findWrongArrows(sources: readonly Source[]): Offence[] {
  const imports = new Map(sources.map((source) => [source.path, importsOf(source)]));
  const edges = new Map([...imports].map(([path, list]) => [path, edgesOf(path, list)]));
  return sources
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path }) => {
      const room = roomOf(path);
      if (room === undefined) return [];
      const packages = (imports.get(path) ?? []).flatMap((entry) => judgePackage(path, room, entry));
      return [...packages, ...(edges.get(path) ?? []).flatMap((edge) => judgeEdge(path, room, edge, edges))];
    });
}

function edgesOf(path: string, imports: readonly Import[]): Edge[] {
  return imports.flatMap((entry) => {
    const target = resolveImport(path, entry.specifier);
    return target === undefined ? [] : [{ ...entry, target }];
  });
}

function judgePackage(path: string, room: Room, { specifier, line }: Import): Offence[] {
  if (specifier === '' || specifier.startsWith('.')) return [];
  const name = packageOf(specifier);
  const allowed = room.packages.some(
    (entry) => entry === '*' || entry === name || (entry === 'node:*' && name.startsWith('node:')),
  );
  if (allowed) return [];
  const list = room.packages.length === 0 ? 'no package' : `only ${room.packages.join(', ')}`;
  const remedy = 'write the few lines it needs, or let bin/ hand it in';
  const message = `package "${name}" is banned in ${room.folder}, which may use ${list}: ${remedy}`;
  return [{ path, line, rule: 'packages', message }];
}

function judgeEdge(path: string, room: Room, edge: Edge, edges: ReadonlyMap<string, readonly Edge[]>): Offence[] {
  const { line, target } = edge;
  const offence = (message: string): Offence[] => [{ path, line, rule: 'arrows', message }];
  if (!edges.has(target)) return offence(`"${edge.specifier}" leads to no file of the house: name the .ts file`);
  if (isTest(target)) return offence(`${target} is a test: move what is shared into the room itself`);
  if (roomOf(target)?.folder === room.folder) return [];
  const arrow = arrowTo(room, target);
  const list = `${room.folder} may import only ${describeArrows(room)}`;
  if (arrow === undefined) return offence(`${target} is banned here: ${list}; take it as an argument instead`);
  if (arrow.typesOnly) return edge.typeOnly ? [] : offence(`${target} may lend only types: use "import type"`);

  const reExports = walk(target, edges, (next) => next.reExported);
  const handedOn = reExports.find(([reached]) => !isAtHome(room, reached) && !arrowTo(room, reached));
  if (handedOn)
    return offence(`reaches ${handedOn.join(' through ')}, re-exported to it: ${list}; import the owner's own`);

  const stray = walk(target, edges, () => true).find(
    ([reached]) => !isAtHome(room, reached) && !arrowTo(room, reached) && !isReachable(room, reached as string),
  );
  return stray ? offence(`reaches ${stray.join(' through ')}: ${list}; cut the import on the way`) : [];
}

/** All files reached from one, each with its way back: [reached, …, start]. */
function walk(start: string, edges: ReadonlyMap<string, readonly Edge[]>, follow: (edge: Edge) => boolean): string[][] {
  const ways = new Map<string, string[]>([[start, [start]]]);
  for (const way of ways.values()) {
    const here = way[0] as string;
    for (const edge of edges.get(here) ?? []) {
      const lendsTypes = arrowTo(roomOf(here), edge.target)?.typesOnly;
      if (follow(edge) && !lendsTypes && !ways.has(edge.target)) ways.set(edge.target, [edge.target, ...way]);
    }
  }
  ways.delete(start);
  return [...ways.values()];
}

function isAtHome(room: Room, path: string | undefined): boolean {
  return path !== undefined && roomOf(path)?.folder === room.folder;
}

function arrowTo(room: Room | undefined, path: string | undefined): Arrow | undefined {
  if (room === undefined || path === undefined) return undefined;
  const target = roomOf(path)?.folder;
  return room.arrows.find(({ to }) => to === target || (roomOf(`${to}/`)?.folder !== to && path.startsWith(`${to}/`)));
}

function isReachable(room: Room, path: string): boolean {
  return room.throughOthers.includes(roomOf(path)?.folder ?? '');
}

function describeArrows({ arrows }: Room): string {
  const names = arrows.map(({ to, typesOnly }) => (typesOnly ? `types of ${to}` : to));
  return names.length === 0 ? 'itself' : names.join(', ');
}
