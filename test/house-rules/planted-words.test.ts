/** Banned words: each one planted, and beside it what only looks like it. */
import { describe, expect, test } from 'vitest';
import { judge } from './plant.ts';

/** Rule, planted line, and part of the remedy that the message must name. */
const OFFENDERS: readonly (readonly [rule: string, code: string, remedy: string])[] = [
  ['ambient-time', 'const now = Date.now();', 'world.clock'],
  ['ambient-time', 'const now = new Date();', 'world.clock'],
  ['ambient-time', 'const now = performance.now();', 'world.clock'],
  ['ambient-time', 'const text = `at ${Date.now()} ms`;', 'world.clock'],
  ['ambient-time', 'setTimeout(wake, 10);', 'world.timers'],
  ['ambient-time', 'setInterval(wake, 10);', 'world.timers'],
  ['ambient-time', 'setImmediate(wake);', 'world.timers'],
  ['ambient-time', 'queueMicrotask(wake);', 'world.timers'],
  ['ambient-chance', 'const chance = Math.random();', 'world.draws'],
  ['ambient-chance', 'crypto.getRandomValues(bytes);', 'world.draws'],
  ['ambient-process', 'const seed = process.env.SEED;', 'bin/'],
  ['ambient-process', 'const start = process?.hrtime();', 'bin/'],
  ['ambient-process', "const clock = globalThis['Da' + 'te'];", 'World'],
  ['ambient-memory', 'const cache = new WeakRef(value);', 'release'],
  ['ambient-declaration', 'declare const performance: { now(): number };', 'World'],
  ['ambient-declaration', 'declare global { interface Window { a: 1 } }', 'World'],
  ['locale', 'const text = new Intl.NumberFormat().format(1);', 'fixed rules'],
  ['locale', 'names.sort((a, b) => a.localeCompare(b));', '< and >'],
  ['locale', 'const text = count?.toLocaleString();', 'fixed rules'],
  ['promises', 'async function wait() {}', 'generator'],
  ['promises', 'const wait = async () => 1;', 'generator'],
  ['promises', 'const value = await reply;', 'generator'],
  ['promises', 'let reply: Promise<number>;', 'Operation'],
  ['bare-yield', 'function* wait() { const reply = yield call; }', 'yield*'],
  ['bare-yield', 'function* wait() { yield; }', 'yield*'],
  ['dynamic-import', "const later = import('./later.ts');", 'static import'],
  ['dynamic-import', 'const here = import.meta.url;', 'bin/'],
  ['portable-mathematics', 'const area = side ** 2;', 'multiply'],
  ['portable-mathematics', 'area **= 2;', 'multiply'],
  ['portable-mathematics', 'const { log } = Math;', 'Math.name'],
  ['portable-mathematics', "const wait = Math['log'](u);", 'Math.name'],
  ...'log log2 log10 log1p exp expm1 pow sin cos tan asin acos atan atan2 sinh cosh tanh asinh cbrt hypot'
    .split(' ')
    .map((name) => ['portable-mathematics', `const y = Math.${name}(x);`, 'simulator/contract/portable'] as const),
];

const INNOCENTS = [
  '// Date.now() and Math.random() are banned here, setTimeout too.',
  '/* await the Promise, yield to process.env, x ** 2 */',
  "const message = 'Date.now() is banned; await it';",
  'const message = `Math.random ${name} setTimeout`;',
  'const pattern = /Date|Math.random|x ** 2/;',
  'const undated = updateDate + DateRange + myprocess;',
  'const headers = { Date: text, performance: 1 };',
  'interface Measured { performance?: number; Date: string }',
  'const text = reply.headers.Date + record.performance;',
  'world.timers.setTimeout(1);',
  'function run(process: Process) { process.step(); kernel.ready(process); }',
  'const crypto = seals.kind; crypto.length;',
  'if (value instanceof Promise) refuse(value);',
  'const root = Math.sqrt(Math.max(1, Math.floor(x))) * Math.PI + Math.imul(3, x);',
  'function* wait() { const reply = yield* call; yield * call; }',
  'const flags = { async: true, await: false, yield: 3 };',
  'const share = 2 * x / 3;',
];

describe.each(['simulator/virtual/a.ts', 'services/idp/a.ts', 'reports/a.ts'])('in %s', (path) => {
  test.each(OFFENDERS)('%s: %s', (rule, code, remedy) => {
    const found = judge({ [path]: `const before = 1;\n${code}\n` });
    expect(found).toContainEqual({ path, line: 3, rule, message: expect.stringContaining(remedy) });
    expect(found.map(({ line }) => line)).toEqual(found.map(() => 3));
  });

  test.each(INNOCENTS)('nothing is wrong with: %s', (code) => {
    expect(judge({ [path]: `${code}\n` })).toEqual([]);
  });
});

test.each(['bin/a.ts', 'bench/a.ts', 'services/idp/a.test.ts', 'test/a.ts'])(
  '%s may use the clock of the machine',
  (path) => {
    expect(judge({ [path]: 'const now = await later(Date.now(), process.env, Math.log(2) ** 2);\n' })).toEqual([]);
  },
);
