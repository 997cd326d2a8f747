import { expect, it } from 'vitest';
import { csvText } from './csv.ts';

it('a row is a line, nothing is an empty field, and what would break a field is quoted (RFC 4180)', () => {
  const rows = [
    ['plain', 1.5, null],
    ['with, comma', 'say "no"', 'two\nlines'],
  ];
  expect(csvText({ columns: ['a', 'b', 'c'], rows })).toBe(
    'a,b,c\r\nplain,1.5,\r\n"with, comma","say ""no""","two\nlines"\r\n',
  );
});
