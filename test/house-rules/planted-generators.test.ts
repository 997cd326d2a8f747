/** Generator functions made for each call: planted in every shape, and beside them those that are made once. */
import { describe, expect, test } from 'vitest';
import { judge } from './plant.ts';

const path = 'services/idp/a.ts';
const found = (code: string) => judge({ [path]: `${code}\n` }).map(({ line, rule }) => `${rule}:${line}`);

// The mark ◆ stands on the line that must be reported.
const OFFENDERS = {
  'an expression in an argument': `
    function ask(world: World) {
      return world.tasks.timeout(5, function* () { ◆ });
    }`,
  'a declaration inside a function': `
    function ask(world: World): Operation<Reply> {
      function* inner() { ◆ }
      return inner();
    }`,
  'an expression in an arrow with a body': `
    const ask = (world: World): Reply => {
      return spawn(function* () { ◆ });
    };`,
  'an expression in an arrow without a body': 'const ask = (world) => spawn(function* () { ◆ });',
  'type arguments before it': 'const ask = () => world.tasks.spawn<void>(function* () { ◆ }());',
  'a curried arrow': 'const wrap = (options) => (handler) => function* (world, request) { ◆ };',
  'a method of an object made per call': `
    function handler(): { work(): Process<void> } {
      return {
        *work() { ◆ },
      };
    }`,
  'a computed method of an object made per call': `
    const handler = () => ({
      a: 1,
      *[Symbol.iterator]() { ◆ },
    });`,
  'a class made per call': `
    function make() {
      return class {
        x = 1;
        *work() { ◆ }
      };
    }`,
  'a function inside a method': `
    class Idp {
      *serve(): Process<void> {
        const work = function* () { ◆ };
        yield* work();
      }
    }`,
  'a function inside a condition inside a function': `
    function ask(a: boolean): a is true {
      if (a) { for (const b of c) { spawn(function* () { ◆ }); } }
      return true;
    }`,
  'a function inside a getter': 'class A { get work() { return function* () { ◆ }; } }',
  'a function in the field of each instance': 'class A { work = function* () { ◆ }; }',
  'a function inside a generator': `
    export function* serve<T extends { a: number }>(x: T): Process<void> {
      yield* race(function* () { ◆ }());
    }`,
  'a return type that is an object': `
    function make(): { a: number } {
      return use(function* () { ◆ });
    }`,
  'a callback at the top of a file': 'const all = list.map((entry) => function* () { ◆ });',
  'a template': 'const ask = () => `${spawn(function* () { ◆ })}`;',
};

const INNOCENTS = {
  'a function at the top': 'export function* serve(world: World): Process<void> {\n  yield* world.timers.sleep(1);\n}',
  'two of them': 'function* a() {}\nfunction* b() {}\nexport const c = function* () {};',
  'one after a class, an interface and a type':
    'class A<T> extends B<{ a: 1 }> { x = () => 1; }\ninterface C { a(): void }\ntype D = () => void;\nfunction* e() {}',
  'one after an arrow in type arguments': 'function a<T extends () => void>(x: T) { return x; }\nfunction* b() {}',
  'one after arrows of all kinds':
    'const a = () => 1;\nconst b = (x) => ({ y: x });\nconst c = { d: () => 1 };\nfunction* e() {}',
  'one in a typed constant': 'const work: () => Process<void> = function* () {};',
  'a method of a class':
    'class A {\n  #x = 1;\n  *work(): Process<void> {}\n  private *more() {}\n  *[Symbol.iterator]() {}\n}',
  'a method after a method with an object type': 'class A {\n  a(): { b: 1 } { return { b: 1 }; }\n  *work() {}\n}',
  'the static field of a class': 'class A { static work = function* () {}; }',
  'a method of a constant object': 'export const handler = {\n  a: 1,\n  *work() {},\n};',
  'a product and a delegation inside a function':
    'function* a() {\n  const b = 2 * c;\n  yield* d(b * c, { e: b * c });\n}',
  'words in a comment': 'function a() {\n  // function* () {} costs too much\n  return 1;\n}',
  'prose that speaks of it': '/** One refusal, made once: the answer. */\nexport const a = 1;',
  'a factory that says so':
    'const wrap = () => {\n  // made once: when the host opens its door\n  return function* () {};\n};',
  'a factory that says so in two lines':
    'const wrap = () =>\n  // made once: when the host opens its door,\n  // by the router.\n  function* () {};',
};

describe('made for each call', () => {
  test.each(Object.entries(OFFENDERS))('%s', (_, code) => {
    const line = code.split('\n').findIndex((text) => text.includes('◆')) + 2;
    expect(found(code.replace('◆', ''))).toEqual([`generator-per-call:${line}`]);
  });

  test('the message names the cost and the remedy', () => {
    const [offence] = judge({ [path]: 'const ask = () => function* () {};\n' });
    expect(offence?.message).toContain('hoist it or make it a method of a class');
  });

  test('a marker without a reason, too far above, or above nothing does not count', () => {
    expect(found('const a = () => {\n  // made once:\n  return function* () {};\n};')).toEqual([
      'generator-per-call:4',
    ]);
    expect(found('const a = () => {\n  // made once: at set-up\n\n  return function* () {};\n};')).toEqual([
      'generator-per-call:3',
      'generator-per-call:5',
    ]);
    expect(found('// made once: at set-up\nfunction* a() {}')).toEqual(['generator-per-call:2']);
  });
});

describe('made once', () => {
  test.each(Object.entries(INNOCENTS))('%s', (_, code) => {
    expect(found(code)).toEqual([]);
  });

  test('tests write their processes where they use them', () => {
    expect(judge({ 'services/idp/a.test.ts': 'const ask = () => function* () {};\n' })).toEqual([]);
  });
});
