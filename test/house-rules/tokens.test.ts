/** The scanner that the house rules stand on. */
import { expect, test } from 'vitest';
import { readSource } from './tokens.ts';

const read = (text: string) => readSource('services/a.ts', text);
const words = (text: string) => read(text).tokens.flatMap(({ kind, text: word }) => (kind === 'word' ? [word] : []));
const kinds = (text: string) => read(text).tokens.map(({ kind }) => kind);

test('comments are no code, whatever they quote', () => {
  const { comments } = read('a; // it\'s `b`\n/* "c\n */ d;');
  expect(words('a; // it\'s `b`\n/* "c\n */ d;')).toEqual(['a', 'd']);
  expect(comments.map(({ firstLine, lastLine }) => [firstLine, lastLine])).toEqual([
    [1, 1],
    [2, 3],
  ]);
});

test('strings are no code, with escapes and comment signs inside', () => {
  expect(words(String.raw`a('it\'s // b', "/* c \\"); d`)).toEqual(['a', 'd']);
});

test('a template is no code, what it embeds is, however deeply', () => {
  expect(words('a = `b ${c + `d ${e({ f: 1 })} g`} \\` \\${h} i`; j')).toEqual(['a', 'c', 'e', 'f', 'j']);
});

test('a regular expression is told from a division', () => {
  expect(words('a = /b\'c[/]"/g; d')).toEqual(['a', 'd']);
  expect(words('if (a) /b`/.test(c)')).toEqual(['if', 'a', 'test', 'c']);
  expect(words("return /'/.test(a)")).toEqual(['return', 'test', 'a']);
  expect(words('a(b) / c / d')).toEqual(['a', 'b', 'c', 'd']);
  expect(words('a[b] / c; d++ / e / f; g! / h / i')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
  expect(words('x = `${a}` / b / c')).toEqual(['x', 'a', 'b', 'c']);
  expect(words("if (a) {\n}\n/'/.test(b)")).toEqual(['if', 'a', 'test', 'b']);
});

test('lines are counted through comments, strings and templates', () => {
  const { tokens } = read('/*\n\n*/ `\n${a\n}\n` + b // c\nd');
  expect(tokens.filter(({ kind }) => kind === 'word').map(({ text, line }) => `${text}${line}`)).toEqual([
    'a4',
    'b6',
    'd7',
  ]);
});

test('the power sign is one sign, and a generator star is not part of it', () => {
  const signs = (text: string) => read(text).tokens.flatMap(({ kind, text: sign }) => (kind === 'sign' ? [sign] : []));
  expect(signs('a ** b')).toEqual(['**']);
  expect(signs('a **= b')).toEqual(['**=']);
  expect(signs('yield* a')).toEqual(['*']);
});

test('numbers keep their signs and points to themselves', () => {
  expect(kinds('1.5e-3 .5 0xff_f 10n 1_000')).toEqual(['number', 'number', 'number', 'number', 'number']);
});

test('a file that the scanner cannot follow is an error, not a file without offences', () => {
  expect(() => read("a = 'b\n'")).toThrow('services/a.ts:2 holds a string that does not end');
  expect(() => read('a = `b')).toThrow('does not end');
  expect(() => read('/* a')).toThrow('services/a.ts:1 holds a comment that does not end');
});

test('the number of lines is what an editor shows', () => {
  expect([read('').lineCount, read('a').lineCount, read('a\n').lineCount, read('a\n\nb\n').lineCount]).toEqual([
    0, 1, 1, 3,
  ]);
});
