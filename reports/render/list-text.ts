/** Lists of what there is, each entry with its one sentence. */
import { unpainted, type Paint } from './paint.ts';
import { hanging } from './wrap.ts';

export interface Listed {
  readonly id: string;
  readonly sentence: string;
}

/** @param lists by title, in the order of the page */
export function listText(lists: Readonly<Record<string, readonly Listed[]>>, paint: Paint = unpainted): string {
  const width = Math.max(0, ...Object.values(lists).flatMap((list) => list.map(({ id }) => id.length)));
  const parts = Object.entries(lists).map(([title, list]) =>
    [paint('strong', title), ...list.flatMap(({ id, sentence }) => hanging(`  ${id.padEnd(width)}  `, sentence))].join(
      '\n',
    ),
  );
  return parts.join('\n\n');
}
