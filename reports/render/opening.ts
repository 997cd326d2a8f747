/** What stands on the screen before a run: what will be played, under which seeds, with which assumptions. */
import type { AssumptionResult } from '../../simulator/experiment/index.ts';
import { DISCLAIMER } from './disclaimer.ts';
import { seedText, trimmed } from './figures.ts';
import { unpainted, type Paint } from './paint.ts';
import { hanging, wrap } from './wrap.ts';

export interface Opening {
  readonly scenario: string;
  readonly title: string;
  /** What is played, in words: `historical timetable`. */
  readonly play: string;
  readonly seeds: readonly number[];
  readonly mitigations: readonly string[];
  readonly assumptions: readonly AssumptionResult[];
}

/** Disclaimer, title and seed. */
export function openingText(opening: Omit<Opening, 'assumptions'>, paint: Paint = unpainted): string {
  const { scenario, title, play, seeds, mitigations } = opening;
  const added = mitigations.length === 0 ? '' : `, with ${mitigations.join(', ')}`;
  return [
    ...wrap(DISCLAIMER, 100),
    '',
    paint('strong', scenario),
    ...wrap(title, 100),
    ...wrap(`${play}, ${seedText(seeds)}${added}`, 100),
  ].join('\n');
}

/** All assumptions, each with its bounds and its sentence. */
export function assumptionList(assumptions: readonly AssumptionResult[], paint: Paint = unpainted): string {
  if (assumptions.length === 0) return 'Assumptions: none.';
  const head = paint('strong', 'Assumptions') + ' (what the report does not say; change one with --assume id=value)';
  const lines = assumptions.flatMap(({ id, value, unit, low, high, sentence }) => {
    const amount = `  ${id} = ${trimmed(value)} ${unit}`.trimEnd();
    const bounds = `(${trimmed(low)} to ${trimmed(high)})`;
    return [...hanging('  ', `${amount.trimStart()} ${bounds}`), ...hanging('      ', sentence)];
  });
  return [head, ...lines].join('\n');
}

/** The same without sentences, for outputs of several incidents. */
export function assumptionLine(assumptions: readonly Pick<AssumptionResult, 'id' | 'value' | 'unit'>[]): string {
  const parts = assumptions.map(({ id, value, unit }) => `${id}=${trimmed(value)}${unit === '' ? '' : ` ${unit}`}`);
  return hanging('Assumptions: ', parts.length === 0 ? 'none.' : `${parts.join('; ')}.`).join('\n');
}
