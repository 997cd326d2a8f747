/** The packed tarball works in an empty folder, for somebody who has nothing but Node and npm. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf, runs } from '../portability/identity.ts';
import { identityIn, output, replayArguments, run } from '../portability/program.ts';
import { packClone, type Packed } from './package.ts';

const [napta] = runs;
let packed: Packed;

beforeAll(async () => {
  packed = await packClone();
});
afterAll(() => packed?.remove());

describe('what the tarball holds', () => {
  test('the program, its declarations and its papers, and no tests', () => {
    const paths = [...packed.files.keys()];
    const needed = [
      'package.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'dist/bin/authdrill.js',
      'dist/bin/worker.js',
      'dist/simulator/index.js',
      'dist/simulator/index.d.ts',
    ];
    expect(needed.filter((path) => !packed.files.has(path))).toEqual([]);
    expect(
      paths.filter((path) => /(?:^|[/.])(?:tests?|bench|node_modules)[/.]|\.tsbuildinfo$|\/\.[^/]+$/.test(path)),
    ).toEqual([]);
  });

  test('every relative import and every source map that a file names is there', () => {
    const named = [...packed.files].flatMap(([path, text]) => referencesOf(path, text));
    expect(named.length).toBeGreaterThan(100);
    const gone = named.filter(({ target }) => !packed.files.has(target));
    expect(gone.map(({ path, target }) => `${path} names ${target}`)).toEqual([]);
  });

  test('no file knows where it was made', () => {
    const aboutPlaces = /(?:^|[\s"'`(=])(?:\/(?:home|Users|root|tmp|var|opt)\/|[A-Z]:\\|file:\/\/\/)/m;
    const telling = [...packed.files].filter(([, text]) => text.includes(packed.packedIn) || aboutPlaces.test(text));
    expect(telling.map(([path]) => path)).toEqual([]);
  });
});

describe('installed in an empty folder', () => {
  beforeAll(async () => {
    await output('npm', ['install', '--no-audit', '--no-fund', packed.tarball], { cwd: packed.emptyFolder });
  });

  test('npm puts it there, and not into some folder further up', () => {
    expect(existsSync(join(packed.emptyFolder, 'node_modules', 'authdrill', 'package.json'))).toBe(true);
  });

  test('npx replays an incident with the digest of the sources', async () => {
    const document = await output('npx', ['authdrill', ...replayArguments(napta!)], { cwd: packed.emptyFolder });
    expect(identityIn(document)).toEqual(identityOf(napta!));
  });

  test('--output writes the document that --json prints, and leaves nothing else', async () => {
    const before = readdirSync(packed.emptyFolder);
    const args = ['authdrill', ...replayArguments(napta!), '--output', 'result.json'];
    const printed = await output('npx', args, { cwd: packed.emptyFolder });
    expect(readFileSync(join(packed.emptyFolder, 'result.json'), 'utf8')).toBe(printed);
    expect(readdirSync(packed.emptyFolder)).toEqual([...before, 'result.json'].toSorted());
  });

  test('a program may import the simulator', async () => {
    const script = "console.log(Object.keys(await import('authdrill')).length)";
    const count = await output(process.execPath, ['--input-type=module', '-e', script], { cwd: packed.emptyFolder });
    expect(Number(count)).toBeGreaterThan(0);
  });

  test('bad input ends with exit code 2, through npx too', async () => {
    const { exitCode, stdout, stderr } = await run('npx', ['authdrill', 'replay', 'napta-2025'], {
      cwd: packed.emptyFolder,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Did you mean "napta-2025-12-19"?');
  });
});

test('npx runs the tarball without an installation', async () => {
  const args = ['--yes', '--package', packed.tarball, 'authdrill', 'list', '--json'];
  const { incidents } = JSON.parse(await output('npx', args)) as { incidents: { id: string }[] };
  expect(incidents.map(({ id }) => id)).toEqual([...new Set(runs.map(({ incident }) => incident))]);
});

interface Reference {
  readonly path: string;
  /** From the root of the package. */
  readonly target: string;
}

/** Files beside it that a file of the package names. */
function referencesOf(path: string, text: string): readonly Reference[] {
  if (!/\.(?:js|d\.ts|map)$/.test(path)) return [];
  const imports = [...text.matchAll(/(?:\bfrom|\bimport|\bimport\(|\bnew URL\()\s*'(\.[^']+)'/g)];
  const maps = [...text.matchAll(/^\/\/# sourceMappingURL=(\S+)$/gm)];
  const sources = path.endsWith('.map') ? sourcesOf(text) : [];
  const names = [...imports, ...maps].map((match) => match[1]!);
  const declared = path.endsWith('.d.ts') ? names.map((name) => name.replace(/(?<=\.)ts$/, 'd.ts')) : names;
  return [...declared, ...sources].map((name) => ({ path, target: posix.join(posix.dirname(path), name) }));
}

/** A source map that carries its sources needs no other file. */
function sourcesOf(text: string): readonly string[] {
  const { sources, sourcesContent } = JSON.parse(text) as { sources: string[]; sourcesContent?: string[] };
  return sourcesContent === undefined ? sources : [];
}
