/** The first table of a scorecard: what each mitigation saves in the model. Where outcomes are bimodal P(collapse) comes first. */
import type { Collapse } from '../score/collapse.ts';
import type { MitigationScore, ScenarioScore } from '../score/score-result.ts';
import type { Score } from '../score/score.ts';
import { percent, plural, whole } from './figures.ts';
import type { Paint, Tone } from './paint.ts';
import { table, type Cell, type Column } from './table.ts';
import { hanging, TEXT_WIDTH } from './wrap.ts';

const TONES: Readonly<Record<string, Tone>> = {
  prevents: 'good',
  reduces: 'good',
  worsens: 'bad',
  inconclusive: 'unsure',
  'no effect': 'faint',
};

interface Figure extends Column {
  readonly of: (arm: MitigationScore) => Cell;
  /** Whether this card has anything to say here; always when left out. */
  readonly isShown?: (scenario: ScenarioScore) => boolean;
}

const FIGURES: readonly Figure[] = [
  { title: 'mitigation', minimum: 'whole', of: ({ id }) => id },
  {
    title: 'collapses on',
    minimum: 13,
    maximum: 15,
    isShown: isBimodal,
    of: ({ collapse }) => collapseFigure(collapse),
  },
  {
    title: 'verdict',
    minimum: 12,
    of: ({ verdict }) => ({ text: verdict ?? '', tone: TONES[verdict ?? ''] ?? 'faint' }),
  },
  { title: 'saves in the model', minimum: 'whole', of: ({ score }) => scoreFigure(score) },
  {
    title: 'by reports',
    minimum: 13,
    isShown: ({ mitigations }) => mitigations.some(({ scoreByReports }) => scoreByReports !== null),
    of: ({ scoreByReports }) => scoreFigure(scoreByReports),
  },
  {
    title: 'region: helps, first, harms',
    maximum: 16,
    minimum: 14,
    isShown: ({ mitigations }) => mitigations.some(({ region }) => region !== undefined),
    of: ({ region }) => {
      if (region === undefined) return '';
      return [region.helps, region.ranksFirst, region.harms].map(({ share }) => whole(share * 100)).join(', ') + ' %';
    },
  },
  { title: 'exposure', minimum: 13, of: exposureCell },
  {
    title: 'acted',
    minimum: 8,
    of: ({ actions }) => `${whole(actions.count)} in ${plural(actions.seedCount, 'seed')}`,
  },
  {
    title: 'seeds',
    align: 'right',
    isShown: ({ stopping }) => stopping?.rule === 'precision',
    of: ({ seedCount }) => (seedCount === undefined ? '' : whole(seedCount)),
  },
];

export function savesTable(scenario: ScenarioScore, paint: Paint): readonly string[] {
  const { mitigations } = scenario;
  const scored = mitigations.filter(({ status }) => status === 'scored');
  const rest = mitigations.filter(({ status }) => status !== 'scored');
  const width = Math.max(0, ...mitigations.map(({ id }) => id.length));
  const shown = FIGURES.filter(({ isShown }) => isShown === undefined || isShown(scenario));
  const rows = scored.map((arm) => shown.map(({ of }) => of(arm)));
  return [
    ...(scored.length === 0 ? [] : table(shown, rows, paint)),
    ...rest.flatMap((arm) => hanging(`${arm.id.padEnd(width)}  `, withoutScore(arm))),
  ];
}

/** For each arm whose mean describes no run: the harm of either outcome, and how its collapses stand beside the control's. */
export function collapseLines({ mitigations }: ScenarioScore): readonly string[] {
  return mitigations.flatMap((arm) => {
    const { id, collapse, collapseAgainstControl: paired } = arm;
    if (collapse === null || paired === undefined) return [];
    const { onlyFirstCount, onlySecondCount, pValue } = paired;
    const differing = `alone on ${whole(onlySecondCount)} seeds, its control alone on ${whole(onlyFirstCount)}`;
    const medians = [
      medianText(collapse.collapsedMedianUserMinutes, 'where it collapses'),
      medianText(collapse.escapedMedianUserMinutes, 'where it does not'),
    ].filter((text) => text !== '');
    const text = `collapses ${differing} (McNemar, p ${probability(pValue)}); median ${medians.join(', ')}.`;
    return hanging(`${id}: `, text, TEXT_WIDTH);
  });
}

function isBimodal({ control, mitigations }: ScenarioScore): boolean {
  return control.collapse.bimodal || mitigations.some(({ collapse }) => collapse?.bimodal === true);
}

function collapseFigure(collapse: Collapse | null): string {
  if (collapse === null) return '';
  return `${percent(collapse.probability)} [${whole(collapse.low * 100)}, ${whole(collapse.high * 100)}]`;
}

function medianText(userMinutes: number | null, where: string): string {
  return userMinutes === null ? '' : `${whole(userMinutes)} user-minutes ${where}`;
}

function probability(pValue: number): string {
  return pValue < 0.001 ? '< 0.001' : `= ${pValue.toFixed(3)}`;
}

function exposureCell({ exposure }: MitigationScore): Cell {
  const word = exposure?.word ?? '';
  return word === 'within budget' ? word : { text: word, tone: 'bad' };
}

/** Neither is a 0: the one never acted, the other has nothing to act on. */
function withoutScore({ status, reason = '' }: MitigationScore): string {
  return status === 'n/a' ? `n/a: ${reason}` : `not engaged (${reason})`;
}

/** `97 [95, 99]`, in whole numbers. */
export function scoreFigure(score: Score | null): string {
  return score === null ? '' : `${whole(score.mean)} [${whole(score.low)}, ${whole(score.high)}]`;
}
