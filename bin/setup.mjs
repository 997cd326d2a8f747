// Sets a fresh clone up, so that every script of package.json works at once: installs the locked packages when they are
// missing or out of date, and compiles the program when a source has changed. Plain JavaScript on Node's own modules,
// because it runs before anything else exists. It speaks on stderr only: stdout belongs to the program.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './setup-lock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['simulator', 'services', 'scenarios', 'reports', 'bin', 'bench'];
const compiledProjects = ['bin', 'simulator', 'bench'];
const lockFile = join(root, 'package-lock.json');
const installStamp = join(root, 'node_modules', '.authdrill-install-stamp');
const buildStamp = join(root, 'dist', '.build-stamp');
const internalErrorCode = 70;

/** Installs, and compiles unless `installOnly`; `clean` compiles anew into an empty dist. Throws SetupFailure. */
export async function ensureReady({ installOnly = false, clean = false } = {}) {
  const done = () => isInstalled() && (installOnly || (!clean && isBuilt()));
  if (done()) return;
  const onWait = (pid) => say(`another launch (process ${pid}) is setting up; waiting for it`);
  await withLock(join(root, '.setup', 'lock'), onWait, async () => {
    if (!isInstalled()) await install();
    if (!done()) await build(clean);
  });
}

/** Runs a set-up as a whole program would: a failure becomes one sentence on stderr and the exit code. */
export async function setUpOrExit(options) {
  try {
    await ensureReady(options);
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    if (error.sentence !== undefined) say(error.sentence);
    process.exit(error.exitCode);
  }
}

export class SetupFailure extends Error {
  constructor(exitCode, sentence) {
    super(sentence ?? 'interrupted');
    this.exitCode = exitCode;
    this.sentence = sentence;
  }
}

function isInstalled() {
  const wanted = hash(readFileSync(lockFile));
  if (existsSync(installStamp)) return readFileSync(installStamp, 'utf8') === wanted;
  if (!agreesWithLockFile()) return false;
  writeFileSync(installStamp, wanted);
  return true;
}

/** Someone may have run `npm ci` by hand: npm's own record of what lies in node_modules then agrees with the lock file. */
function agreesWithLockFile() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, entry]) =>
      path === '' ||
      (entry.optional && present[path] === undefined) ||
      (present[path]?.version === entry.version && present[path]?.integrity === entry.integrity),
  );
}

async function install() {
  say('installing the locked packages (npm ci)');
  // A shell set to production would leave the compiler out.
  await run('npm ci', ...npmCommand('ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'));
  writeFileSync(installStamp, hash(readFileSync(lockFile)));
}

function npmCommand(...args) {
  const npmScript = process.env.npm_execpath;
  if (npmScript !== undefined && /npm-cli\.[cm]?js$/.test(npmScript)) return [process.execPath, [npmScript, ...args]];
  return ['npm', args];
}

function isBuilt() {
  return existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === sourcesHash();
}

async function build(clean) {
  say('compiling (tsc -b)');
  const sources = sourcesHash();
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if (clean) rmSync(join(root, 'dist'), { recursive: true, force: true });
  await run('tsc -b', process.execPath, [compiler, '-b', ...compiledProjects]);
  writeFileSync(buildStamp, sources);
}

/** Names, sizes and times of change stand for the content, so that asking "is all compiled?" costs milliseconds. */
function sourcesHash() {
  /** @type {string[]} */
  const lines = [hash(readFileSync(lockFile))];
  const look = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) look(path);
      else if (isSource(entry.name)) lines.push(describe(path));
    }
  };
  rooms.filter((room) => existsSync(join(root, room))).forEach(look);
  lines.push(describe('tsconfig.json'));
  return hash(lines.sort().join('\n'));
}

function isSource(name) {
  return (name.endsWith('.ts') && !name.endsWith('.test.ts')) || name === 'tsconfig.json';
}

function describe(path) {
  const { size, mtimeMs } = statSync(join(root, path));
  return `${path} ${size} ${mtimeMs}`;
}

/** Runs a program to its end with its output on our stderr; a signal to us is passed on, and waited for. */
function run(name, command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
    let interrupted;
    const passOn = (signal) => {
      interrupted = signal;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    signals.forEach((signal) => process.on(signal, passOn));
    const settle = (action) => {
      signals.forEach((signal) => process.off(signal, passOn));
      action();
    };
    child.on('error', (error) =>
      settle(() => reject(new SetupFailure(internalErrorCode, `could not run ${name}: ${error.message}`))),
    );
    child.on('close', (code, signal) =>
      settle(() => {
        const stopped = interrupted ?? signal;
        if (stopped) reject(new SetupFailure(128 + constants.signals[stopped]));
        else if (code === 0) resolve();
        else reject(new SetupFailure(internalErrorCode, `${name} failed (exit code ${code}), so nothing was run`));
      }),
    );
  });
}

function hash(content) {
  return createHash('sha256').update(content).digest('hex');
}

function say(sentence) {
  process.stderr.write(`authdrill set-up: ${sentence}\n`);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await setUpOrExit({
    installOnly: process.argv.includes('--install-only'),
    clean: process.argv.includes('--clean'),
  });
}
