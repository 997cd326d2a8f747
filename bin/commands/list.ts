/** `list`: what there is to replay, to switch on, to break. */
import { DISCLAIMER } from '../../reports/render/disclaimer.ts';
import { listText } from '../../reports/render/list-text.ts';
import { SCHEMA_VERSION } from '../../simulator/experiment/index.ts';
import { listings } from '../catalogue.ts';
import { EXIT, UsageError } from '../exit.ts';
import { Session, type CommonFlags } from '../session.ts';
import { didYouMean } from '../suggestion.ts';

export function list(what: string | undefined, flags: CommonFlags): number {
  const session = new Session(flags);
  const all = listings();
  const kinds = Object.keys(all) as (keyof typeof all)[];
  const chosen = what === undefined ? kinds : kinds.filter((kind) => kind === what);
  if (chosen.length === 0) {
    throw new UsageError(`There is no list "${what}".${didYouMean(what ?? '', kinds)} Known: ${kinds.join(', ')}.`);
  }
  const lists = Object.fromEntries(chosen.map((kind) => [kind, all[kind]]));
  if (chosen.includes('incidents')) session.say(`${DISCLAIMER}\n`);
  session.say(listText(lists, session.paint));
  session.deliver({ schemaVersion: SCHEMA_VERSION, kind: 'list', ...lists });
  return EXIT.pass;
}
