import { describe, expect, test } from 'vitest';
import { answersAmong, type Answer, type StatusWord } from './status-words.ts';

const all: readonly Answer[] = [
  ...[200, 302, 400, 401, 429, 500, 503].map((status) => ({ status })),
  ...(['refused', 'reset', 'cut', 'timeout'] as const).map((failure) => ({ status: 0, failure })),
];

function among(...words: readonly StatusWord[]): readonly (string | number)[] {
  return all.filter(answersAmong(words)).map(({ status, failure }) => failure ?? status);
}

describe('words for answers', () => {
  test('a status is that status and no other', () => {
    expect(among('401')).toEqual([401]);
    expect(among('200', '302')).toEqual([200, 302]);
  });

  test('a hundred is all of it, and nothing that was not answered', () => {
    expect(among('4xx')).toEqual([400, 401, 429]);
    expect(among('5xx', '401')).toEqual([401, 500, 503]);
  });

  test('no answer is each way of getting none, or one of them', () => {
    expect(among('no-answer')).toEqual(['refused', 'reset', 'cut', 'timeout']);
    expect(among('refused', 'timeout')).toEqual(['refused', 'timeout']);
  });

  test('an empty list fits nothing', () => {
    expect(among()).toEqual([]);
  });

  test.each(['401 ', '6xx', 'unauthorised', '', '0', '4.5'])('"%s" is refused by name, with the remedy', (word) => {
    expect(() => answersAmong([word as StatusWord])).toThrow(`There is no answer "${word}". Give a status such as`);
  });
});
