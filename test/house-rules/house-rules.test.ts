/** The house keeps its own rules. The rules are proved on planted offenders in planted-offenders.test.ts. */
import { expect, test } from 'vitest';
import { checkHouse } from './check-house.ts';
import { readHouse } from './house-tree.ts';
import { describeOffence } from './offence.ts';
import { ROOMS, isTest, roomOf } from './rooms.ts';

const house = readHouse();

// A rule that looks at no file holds for ever: so the rules first say what they have seen.
test.each(ROOMS)('the rules see the files of $folder', ({ folder }) => {
  const seen = [...house.keys()].filter((path) => roomOf(path)?.folder === folder);
  const judged = folder === 'test' ? seen : seen.filter((path) => !isTest(path));
  expect(judged.length).toBeGreaterThan(0);
});

test('no file of the house breaks a rule', () => {
  expect(checkHouse(house).map(describeOffence)).toEqual([]);
});
