/** Plants files in an empty house and says what the rules find. */
import { checkHouse } from './check-house.ts';
import type { Offence } from './offence.ts';

/** Each text gets a header, so that its first line is line 2 and only the planted offence is one. */
export function judge(files: Readonly<Record<string, string>>): Offence[] {
  return checkHouse(new Map(Object.entries(files).map(([path, text]) => [path, `/** Why it exists. */\n${text}`])));
}
