/** A combination as text: what each member is worth alone, last and in the mean of all orders, pairs, and every subset. */
import type { CombinationResult, Points } from '../score/combination-result.ts';
import { percent, plural, seedText, whole } from './figures.ts';
import { unpainted, type Paint } from './paint.ts';
import { scoreFigure } from './saves-text.ts';
import { table, type Column } from './table.ts';
import { TEXT_WIDTH, wrap } from './wrap.ts';

const right = (title: string): Column => ({ title, align: 'right', minimum: 'whole' });

const MEMBERS: readonly Column[] = [
  { title: 'mitigation', minimum: 'whole' },
  right('alone'),
  right('last'),
  right('Shapley value'),
];

const PAIRS: readonly Column[] = [{ title: 'pair', minimum: 30 }, right('beside nothing'), right('in the mean')];

const SUBSETS: readonly Column[] = [
  { title: 'subset', minimum: 30 },
  { title: 'saves in the model', align: 'right', minimum: 'whole' },
  { title: 'collapses on', align: 'right', maximum: 9 },
  { title: 'disrupted user-minutes', align: 'right', maximum: 12 },
  { title: 'exposure', minimum: 13 },
];

export function combinationText(result: CombinationResult, paint: Paint = unpainted): string {
  const { scenario, seeds, members, pairs, subsets } = result;
  const memberRows = members.map(({ id, alone, last, shapley }) => [id, figure(alone), figure(last), figure(shapley)]);
  const pairRows = pairs.map(({ pair, alone, shapley }) => [pair.join(' + '), figure(alone), figure(shapley)]);
  const subsetRows = subsets.map(({ mitigations, score, collapse, disruptedUserMinutes, exposure }) => [
    mitigations.length === 0 ? 'control' : mitigations.join(' + '),
    mitigations.length === 0 ? '' : scoreFigure(score),
    percent(collapse.probability),
    whole(disruptedUserMinutes),
    exposure.word,
  ]);
  return [
    `${paint('strong', 'Combination')} ${scenario}, ${plural(seeds.length, 'seed')} (${seedText(seeds)})`,
    ...table(MEMBERS, memberRows, paint),
    '',
    ...table(PAIRS, pairRows, paint),
    '',
    ...table(SUBSETS, subsetRows, paint),
    '',
    ...wrap(
      'Points of the control’s harm, with 95 % intervals over seeds. Alone: added to nothing. Last: added to all the others. ' +
        'Shapley value: the mean over all orders of adding them. A pair below 0 are substitutes, above 0 they need each other. ' +
        'Substitutes are each worth all alone, nothing last, and a part in the mean: read the three together.',
      TEXT_WIDTH,
    ),
  ].join('\n');
}

function figure({ points, low, high }: Points): string {
  return `${whole(points)} [${whole(low)}, ${whole(high)}]`;
}
