/** The facts of the public report, one row each: whether the replay shows them, what was expected, what was observed. */
import type { FactKind, FactResult, SweptFact } from '../../simulator/experiment/index.ts';
import { plural, seedText } from './figures.ts';
import { unpainted, type Paint } from './paint.ts';
import { table, type Cell, type Column } from './table.ts';
import { wrap } from './wrap.ts';

const COLUMNS: readonly Column[] = [
  { title: 'fact', minimum: 'whole' },
  { title: '', minimum: 'whole' },
  { title: 'kind', minimum: 'whole' },
  { title: 'expected', minimum: 20 },
  { title: 'observed', minimum: 20 },
  { title: 'tolerance', maximum: 14 },
];

/** Facts of one replay. */
export function factsTable(facts: readonly FactResult[], paint: Paint = unpainted): string {
  const rows = facts.map((fact): readonly Cell[] => {
    const { id, kind, expected, observed, tolerance, history } = fact;
    const before = history?.change === 'changed' ? ` (in history: ${history.observed})` : '';
    return [
      id,
      history === undefined ? mark(fact) : change(history.change),
      kind,
      expected,
      observed + before,
      tolerance,
    ];
  });
  return table(COLUMNS, rows, paint).join('\n');
}

/** Facts over many seeds. */
export function sweptFactsTable(facts: readonly SweptFact[], paint: Paint = unpainted): string {
  const columns = [...COLUMNS.slice(0, 2), { title: 'on seeds', maximum: 8 }, ...COLUMNS.slice(2)];
  const rows = facts.map((fact): readonly Cell[] => {
    const { id, kind, expected, observed, tolerance } = fact;
    return [id, mark(fact), heldOn(fact), kind, expected, observed + exampleOf(fact), tolerance];
  });
  return table(columns, rows, paint).join('\n');
}

/** `13 facts: 3 inputs, 2 fitted, 8 emergent (6 stated, 2 inferred); 1 annotation.` */
export function kindLine(facts: readonly { readonly kind: FactKind }[]): string {
  const count = (kind: FactKind): number => facts.filter((fact) => fact.kind === kind).length;
  const emergent = count('stated') + count('inferred');
  const annotations = count('annotation');
  const shown = annotations === 0 ? '' : `; ${plural(annotations, 'annotation')}`;
  const kinds = `${plural(count('input'), 'input')}, ${count('fitted')} fitted, ${emergent} emergent`;
  return `${kinds} (${count('stated')} stated, ${count('inferred')} inferred)${shown}.`;
}

/** Which assumptions were tuned for which fact; empty without fitted facts. */
export function fittedLines(facts: readonly Pick<FactResult, 'id' | 'fittedBy'>[]): readonly string[] {
  return facts.flatMap(({ id, fittedBy }) => {
    return fittedBy === undefined ? [] : wrap(`${id} is fitted: ${fittedBy.join(', ')} tuned for it.`, 100);
  });
}

function mark({ holds, scope }: Pick<FactResult, 'holds' | 'scope'>): Cell {
  if (holds === null) return { text: scope === 'sweep' ? 'more seeds' : 'unknown', tone: 'unsure' };
  return holds ? { text: 'holds', tone: 'good' } : { text: 'FAILS', tone: 'bad' };
}

function change(word: 'kept' | 'changed'): Cell {
  return { text: word, tone: word === 'kept' ? 'faint' : 'strong' };
}

function heldOn({ scope, heldCount = 0, failedSeeds = [] }: SweptFact): string {
  return scope === 'run' ? `${heldCount} of ${heldCount + failedSeeds.length}` : 'together';
}

function exampleOf({ example, failedSeeds = [] }: SweptFact): string {
  if (example === undefined) return '';
  if (failedSeeds.length < 2) return ` (seed ${example.seed})`;
  return ` (seed ${example.seed}; fails on ${seedText(failedSeeds)})`;
}
