/** Several launches at once on a fresh clone: the lock lets one at a time set it up, and outlives a killed owner. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const lockModule = new URL('../../bin/setup-lock.mjs', import.meta.url).href;
/** Adds one to a number in a file, slowly enough that two at once would lose one. */
const worker = `
  import { readFileSync, writeFileSync } from 'node:fs';
  import { withLock } from '${lockModule}';
  const [lock, counter] = process.argv.slice(1);
  await withLock(lock, (pid) => process.stderr.write('waits for ' + pid), async () => {
    const count = Number(readFileSync(counter, 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(counter, String(count + 1));
  });`;

let folder: string;
let lock: string;
let counter: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'authdrill-lock-'));
  lock = join(folder, 'lock');
  counter = join(folder, 'counter');
  writeFileSync(counter, '0');
});
afterEach(() => rmSync(folder, { recursive: true }));

function launch(onWord?: () => void): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', worker, lock, counter]);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
    onWord?.();
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

/** The exit codes of six launches at once, what they counted, and the files they left. */
async function launchSix(): Promise<{ codes: (number | null)[]; count: string; left: string[] }> {
  const ends = await Promise.all(Array.from({ length: 6 }, () => launch()));
  return { codes: ends.map(({ code }) => code), count: readFileSync(counter, 'utf8'), left: readdirSync(folder) };
}

const inTurn = { codes: [0, 0, 0, 0, 0, 0], count: '6', left: ['counter'] };

test('six at once take turns', async () => {
  expect(await launchSix()).toEqual(inTurn);
});

test('a lock whose owner was killed is taken over by one of six', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(lock, JSON.stringify({ pid, host: hostname(), token: 'dead' }));
  expect(await launchSix()).toEqual(inTurn);
});

test('a lock that another machine left behind long ago is taken over', async () => {
  writeFileSync(lock, JSON.stringify({ pid: process.pid, host: 'gone.example', token: 'old' }));
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, longAgo, longAgo);
  expect(await launchSix()).toEqual(inTurn);
});

test('a fresh lock of a living owner is waited for, by name', async () => {
  writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname(), token: 'alive' }));
  const { code, said } = await launch(() => rmSync(lock));
  expect({ code, said }).toEqual({ code: 0, said: `waits for ${process.pid}` });
});
