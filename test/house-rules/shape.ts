/** Size and names of files, and the comments that would open a back door in the walls. */
import type { Offence } from './offence.ts';
import { isTest } from './rooms.ts';
import type { Source } from './tokens.ts';

export const LINE_CAP = 300;

const EMPTY_NAMES = /^(?:utils?|common|helpers?|misc)$|-(?:utils?|helpers?)$/;
const KEBAB = /^[a-z\d]+(?:-[a-z\d]+)*$/;
const OPENS_WITH_COMMENT = /^(?:#!.*\n)?\s*\/[/*]/;
const SWITCHED_OFF = /@ts-(?:ignore|nocheck|expect-error)|^\/\/\/\s*<reference/;

/** Judges one file of any room. */
export function findShapeOffences({ path, text, lineCount, comments }: Source): Offence[] {
  const offences: Offence[] = [];
  const report = (line: number, rule: string, message: string) => offences.push({ path, line, rule, message });
  if (lineCount > LINE_CAP) {
    report(
      LINE_CAP + 1,
      'file-size',
      `${lineCount} lines are more than ${LINE_CAP}: give one of its concerns a file of its own`,
    );
  }
  for (const part of path.split('/').flatMap((name) => name.replace(/\.ts$/, '').split('.'))) {
    if (EMPTY_NAMES.test(part)) report(1, 'file-name', `"${part}" says nothing: name the thing it holds`);
    else if (!KEBAB.test(part)) report(1, 'file-name', `"${part}" is not kebab-case: use small letters and hyphens`);
  }
  if (isTest(path)) return offences;
  for (const { text: comment, firstLine } of comments) {
    if (SWITCHED_OFF.test(comment))
      report(firstLine, 'switched-off', 'the compiler’s checks stay on: give the value its type');
  }
  if (!OPENS_WITH_COMMENT.test(text)) {
    report(1, 'header', 'the file opens without a comment: say in 1 to 5 lines why it exists');
  }
  return offences;
}
