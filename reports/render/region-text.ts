/** The region of assumptions as text: the shares, what flips, and the region itself, assumption by assumption. */
import type { Flip, RegionMitigation, RegionResult } from '../score/region-result.ts';
import type { Proportion } from '../statistics/proportion.ts';
import { duration, plural, trimmed, whole } from './figures.ts';
import { unpainted, type Paint } from './paint.ts';
import { table, type Cell, type Column } from './table.ts';
import { hanging, TEXT_WIDTH, wrap } from './wrap.ts';

const SHARES: readonly Column[] = [
  { title: 'mitigation', minimum: 'whole' },
  { title: 'helps, % of sets', maximum: 13, minimum: 12 },
  { title: 'ranks first', maximum: 13, minimum: 12 },
  { title: 'harms', maximum: 12, minimum: 11 },
  { title: 'points: 10th percentile, median, 90th', maximum: 16, minimum: 14 },
  { title: 'goes most with', minimum: 14 },
];

const BOX: readonly Column[] = [
  { title: 'assumption', minimum: 'whole' },
  { title: 'default', align: 'right' },
  { title: 'plausible', align: 'right' },
  { title: 'drawn from', align: 'right' },
  { title: 'in the sets', align: 'right' },
  { title: 'unit', maximum: 16 },
];

export function regionText(result: RegionResult, paint: Paint = unpainted): string {
  const { scenario, status, setCount, wantedCount, mitigations, assumptions } = result;
  const short =
    setCount < wantedCount
      ? `Only ${setCount} of the ${wantedCount} sets that were wanted passed all facts: the shares say little.`
      : 'So few sets show little of a region: fifty are usual.';
  const scored = mitigations.filter(({ shares }) => shares !== null);
  return [
    `${paint('strong', 'Region of assumptions')} ${scenario}, ${plural(setCount, 'set')} that pass all facts about single runs`,
    ...(status === 'inconclusive' ? [paint('unsure', 'INCONCLUSIVE'), ...wrap(short, TEXT_WIDTH)] : []),
    ...(scored.length === 0 ? [] : table(SHARES, scored.map(shareRow), paint)),
    ...mitigations.flatMap(({ id, status: state, reason = '', shares }) => {
      if (shares !== null || state === 'scored') return [];
      return hanging(`${id}  `, state === 'n/a' ? `n/a: ${reason}` : `not engaged (${reason})`);
    }),
    '',
    ...flipLines(result, paint),
    '',
    ...table(BOX, assumptions.map(boxRow), paint),
    ...drawLines(result),
  ].join('\n');
}

function shareRow({ id, shares, drivers }: RegionMitigation): readonly Cell[] {
  const { helps, ranksFirst, harms, scoreQuantiles } = shares!;
  return [
    id,
    share(helps),
    share(ranksFirst),
    harms.share > 0 ? { text: share(harms), tone: 'bad' } : share(harms),
    scoreQuantiles.map(whole).join(', '),
    drivers.map(({ assumption, rankCorrelation: rho }) => `${assumption} (${rho < 0 ? '−' : '+'})`).join(', '),
  ];
}

function share({ share: ratio, low, high }: Proportion): string {
  return `${whole(ratio * 100)} [${whole(low * 100)}, ${whole(high * 100)}]`;
}

function flipLines({ flips, scanned, scanSeeds }: RegionResult, paint: Paint): readonly string[] {
  if (scanned.length === 0) return ['No assumption was moved by itself.'];
  const head = `${paint('strong', 'Which assumption flips which conclusion')}, each moved alone, ${plural(scanSeeds.length, 'seed')}`;
  const none = flips.length === 0 ? [`None, for ${scanned.join(', ')}.`] : [];
  return [head, ...none, ...flips.flatMap((flip) => hanging('  ', flipSentence(flip)))];
}

function flipSentence({ mitigation, assumption, unit, atDefault, flipped, between, scores, factsHold }: Flip): string {
  const [near, far] = between.map((value) => amount(value, unit));
  const facts = { true: '', false: ' (a fact fails there)', null: ' (facts not judged there)' }[`${factsHold}`];
  const [before, after] = scores.map(whole);
  const verb = { 'saves most': 'saves most', helps: 'helps a little', neither: 'does nothing', harms: 'harms' };
  return (
    `${mitigation} ${verb[atDefault]}, but ${verb[flipped]} at ${assumption} = ${far}${facts}: ` +
    `${before} points at ${near}, ${after} at ${far}.`
  );
}

function boxRow({
  id,
  unit,
  value,
  low,
  high,
  boxLow,
  boxHigh,
  keptLow,
  keptHigh,
}: RegionResult['assumptions'][number]): readonly Cell[] {
  const span = (from: number, to: number): string => `${amount(from, unit)} to ${amount(to, unit)}`;
  return [id, amount(value, unit), span(low, high), span(boxLow, boxHigh), span(keptLow, keptHigh), unit];
}

function amount(value: number, unit: string): string {
  if (!unit.startsWith('ms')) return trimmed(value);
  return value === 0 ? '0' : `${value < 0 ? '−' : ''}${duration(Math.abs(value))}`;
}

/** How the sets were found: what was narrowed, what was thrown away, and why. */
function drawLines(result: RegionResult): readonly string[] {
  const { triedCount, setCount, narrowedCount, brokenFacts, impossible, tooLargeCount, largestEventRatio } = result;
  const broken = brokenFacts.map(({ id, count }) => `${id} (${count})`).join(', ');
  const parts = [
    `“Drawn from” is how far each assumption alone can be moved towards its plausible bounds with all facts about single runs`,
    narrowedCount === 0
      ? 'holding.'
      : `holding, then narrowed ${narrowedCount === 1 ? 'once' : `${narrowedCount} times`}, all alike, until at least a quarter of the sets passed.`,
    `Of ${triedCount} sets drawn there, ${setCount} are shown.`,
    ...(broken === '' ? [] : [`Facts that others broke: ${broken}.`]),
    ...(tooLargeCount === 0
      ? []
      : [`${tooLargeCount} had more than ${largestEventRatio} times the events of the defaults.`]),
    ...impossible.map(({ reason, count }) => `${count} contradict themselves: ${reason}`),
  ];
  return wrap(parts.join(' '), TEXT_WIDTH);
}
