// Two launches at once on a fresh clone must not run `npm ci` over each other. The lock is a file that only one process
// can create; it names its owner and its age is refreshed while the owner works, so a lock left behind by a killed
// process, or by a container that is gone, is taken over instead of waited for for ever.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const refreshEveryMs = 1_000;
const staleAfterMs = 15_000;
const pollEveryMs = 100;

/**
 * Runs `work` while holding the lock at `path`. `onWait(ownerPid)` is called once if another process holds it.
 * Rejects with whatever `work` rejects with; the lock is released in either case.
 */
export async function withLock(path, onWait, work) {
  const content = `${JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() })}\n`;
  await acquire(path, content, onWait);
  const refresh = setInterval(() => touch(path), refreshEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(refresh);
    if (read(path) === content) rmSync(path, { force: true });
  }
}

async function acquire(path, content, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!create(path, content)) {
    const held = read(path);
    if (held !== undefined && isStale(path, held)) {
      takeAway(path, held);
      continue;
    }
    if (!told) onWait(owner(held).pid ?? 'unknown');
    told = true;
    await sleep(pollEveryMs);
  }
}

/**
 * Removes one particular stale lock. Between judging a lock stale and removing it, a rival may have replaced it by a
 * fresh one; a marker named after the stale lock's token lets only one process remove it, and it looks again first.
 */
function takeAway(path, staleContent) {
  const marker = `${path}.${owner(staleContent).token ?? 'unreadable'}`;
  if (!create(marker, '')) {
    const ageMs = ageOf(marker);
    if (ageMs !== undefined && ageMs > staleAfterMs) rmSync(marker, { force: true });
    return;
  }
  try {
    if (read(path) === staleContent) rmSync(path, { force: true });
  } finally {
    rmSync(marker, { force: true });
  }
}

function isStale(path, content) {
  const ageMs = ageOf(path);
  if (ageMs === undefined) return false;
  if (ageMs > staleAfterMs) return true;
  const { pid, host } = owner(content);
  return host === hostname() && Number.isInteger(pid) && !isAlive(pid);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A lock read between its creation and its first byte is empty: its owner is not known yet, only its age counts. */
function owner(content) {
  try {
    return JSON.parse(content ?? '') ?? {};
  } catch {
    return {};
  }
}

function create(path, content) {
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(path) {
  return whereItExists(() => readFileSync(path, 'utf8'));
}

function ageOf(path) {
  return whereItExists(() => Date.now() - statSync(path).mtimeMs);
}

function touch(path) {
  const now = new Date();
  whereItExists(() => utimesSync(path, now, now));
}

function whereItExists(action) {
  try {
    return action();
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
