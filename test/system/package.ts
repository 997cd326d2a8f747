/** The package as its users get it: packed from a copy of this clone, so that nothing here is rebuilt meanwhile. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { readTar } from '../browser/tar.ts';
import { output } from '../portability/program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What `npm pack` makes anew, and what is no source. */
const leftOut = new Set(['node_modules', 'dist', '.git', '.setup', 'coverage']);

export interface Packed {
  /** Path of the .tgz file. */
  readonly tarball: string;
  /** By path within the package. */
  readonly files: ReadonlyMap<string, string>;
  /** Where it was packed: no file may know of it. */
  readonly packedIn: string;
  /** A folder with nothing in it. */
  readonly emptyFolder: string;
  remove(): void;
}

export async function packClone(): Promise<Packed> {
  const scratch = mkdtempSync(join(tmpdir(), 'authdrill-package-'));
  const remove = (): void => rmSync(scratch, { recursive: true, force: true });
  try {
    const packedIn = join(scratch, 'clone');
    cpSync(root, packedIn, { recursive: true, filter: (path) => !leftOut.has(relative(root, path)) });
    symlinkSync(join(root, 'node_modules'), join(packedIn, 'node_modules'));
    const emptyFolder = join(scratch, 'empty');
    mkdirSync(emptyFolder);
    await output('npm', ['pack', '--pack-destination', scratch], { cwd: packedIn });
    const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
    const tarball = join(scratch, `${name}-${version}.tgz`);
    return { tarball, files: contents(tarball), packedIn, emptyFolder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function contents(tarball: string): ReadonlyMap<string, string> {
  const files = readTar(gunzipSync(readFileSync(tarball)));
  return new Map(files.map(({ path, content }) => [path.replace(/^package\//, ''), content.toString('utf8')]));
}
