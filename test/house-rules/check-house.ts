/** All house rules over a set of files. */
import { findWrongArrows } from './arrows.ts';
import { findGeneratorsPerCall } from './generators.ts';
import type { Offence } from './offence.ts';
import { isTest, roomOf } from './rooms.ts';
import { findShapeOffences } from './shape.ts';
import { readSource, type Source } from './tokens.ts';
import { findBannedWords } from './words.ts';

/** `files` maps paths from the root, with `/`, to texts. Offences come in the order of the files, then of the lines. */
export function checkHouse(files: ReadonlyMap<string, string>): Offence[] {
  const sources = [...files].filter(([path]) => path.endsWith('.ts')).map(([path, text]) => readSource(path, text));
  const arrows = findWrongArrows(sources);
  return sources
    .flatMap((source) => [...judgeAlone(source), ...arrows.filter(({ path }) => path === source.path)])
    .concat([...files.keys()].flatMap(judgeEnding))
    .sort((one, other) => (one.path === other.path ? one.line - other.line : 0));
}

function judgeAlone(source: Source): Offence[] {
  const offences = findShapeOffences(source);
  if (roomOf(source.path)?.model !== true || isTest(source.path)) return offences;
  return [...offences, ...findBannedWords(source), ...findGeneratorsPerCall(source)];
}

/** In bin/ and test/ plain JavaScript may stand, where it runs before anything is compiled. */
function judgeEnding(path: string): Offence[] {
  if (path.endsWith('.ts') || (path.endsWith('.mjs') && roomOf(path)?.model === false)) return [];
  const message = 'the rules read only .ts files: write it as one';
  return [{ path, line: 1, rule: 'file-name', message }];
}
