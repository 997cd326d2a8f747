/** Reads the code of all rooms from disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOMS, roomOf } from './rooms.ts';

/** All that a runtime or compiler would take for code: what is not `.ts` must not hide from the rules. */
const CODE = /\.[cm]?[jt]sx?$/;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Paths from the root, with `/`, and their texts, in alphabetical order. */
export function readHouse(): Map<string, string> {
  const paths = topFolders().flatMap((folder) => listFiles(folder));
  const inRooms = paths.filter((path) => roomOf(path) !== undefined).sort();
  return new Map(inRooms.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

function topFolders(): string[] {
  return [...new Set(ROOMS.map(({ folder }) => folder.split('/')[0] as string))].filter((folder) =>
    existsSync(join(ROOT, folder)),
  );
}

function listFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : listFiles(path);
    return CODE.test(entry.name) ? [path] : [];
  });
}
