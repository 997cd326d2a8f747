/**
 * Where the browser of the tests comes from: CHROME_BIN, or the Chromium that the npm package @sparticuz/chromium carries,
 * unpacked once per version beside the other caches in node_modules. Nothing is downloaded and no root rights are needed.
 * The package's own unpacking is not used: it writes fixed names into the folder for temporary files, where two versions
 * collide, and leaves out the libraries that a bare machine lacks.
 */
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { withLock } from '../../bin/setup-lock.mjs';
import { readTar } from './tar.ts';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const require = createRequire(import.meta.url);
/** Its main module lies in build/cjs; nothing else of it can be asked for by name. */
const packageFolder = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..');

export interface Chromium {
  readonly executable: string;
  /** Shared libraries and fonts that come with it; undefined where the machine's own are used. */
  readonly libraries?: string;
  readonly fonts?: string;
}

interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** CHROME_BIN; empty counts as not set. */
  readonly chromeBin: string | undefined;
}

/** The browser of this machine, unpacked if need be. @throws Error where there is none for it */
export async function findChromium(): Promise<Chromium> {
  const { platform, arch, env } = process;
  const source = chromiumSource({ platform, arch, chromeBin: env['CHROME_BIN'] });
  if (source !== 'npm package') return { executable: source };
  const folder = join(modules, '.cache', `chromium-${packageVersion()}`);
  if (!existsSync(folder)) await unpack(folder);
  return {
    executable: join(folder, 'chromium'),
    libraries: join(folder, 'al2023', 'lib'),
    fonts: join(folder, 'fonts'),
  };
}

/** The path of an executable, or the npm package. @throws Error where neither runs */
export function chromiumSource({ platform, arch, chromeBin }: Machine): string {
  if (chromeBin !== undefined && chromeBin !== '') {
    if (existsSync(chromeBin)) return chromeBin;
    throw new Error(`CHROME_BIN is ${chromeBin}, where there is no file: give the path of a Chromium or Chrome.`);
  }
  if (platform === 'linux' && arch === 'x64') return 'npm package';
  throw new Error(
    `The browser tests have no Chromium for ${platform} on ${arch}: set CHROME_BIN to the path of a Chromium or Chrome.`,
  );
}

/** Everything goes into a sibling that takes its name only when whole, so an interrupted unpacking is never used. */
async function unpack(folder: string): Promise<void> {
  const onWait = (owner: number | string): void => {
    process.stderr.write(`process ${owner} is unpacking Chromium; waiting for it\n`);
  };
  await withLock(`${folder}.lock`, onWait, async () => {
    if (existsSync(folder)) return;
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    await unpackExecutable(join(partial, 'chromium'));
    unpackArchive('al2023.tar.br', join(partial, 'al2023'));
    unpackArchive('fonts.tar.br', join(partial, 'fonts'));
    renameSync(partial, folder);
  });
}

async function unpackExecutable(target: string): Promise<void> {
  const source = createReadStream(join(packageFolder, 'bin', 'chromium.br'));
  await pipeline(source, createBrotliDecompress(), createWriteStream(target, { mode: 0o755 }));
}

function unpackArchive(name: string, folder: string): void {
  for (const { path, mode, content } of readTar(brotliDecompressSync(readFileSync(join(packageFolder, 'bin', name))))) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content, { mode });
  }
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }).version;
}
