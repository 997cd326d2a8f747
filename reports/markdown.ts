/** The report as Markdown: for a pull request, an issue, a job summary. Tables and words, no figures. */
import { laneEntries } from './lane-entries.ts';
import { DISCLAIMER } from './render/disclaimer.ts';
import { percent, plural, seedText, trimmed, whole } from './render/figures.ts';
import { priceWords } from './render/price-words.ts';
import { scoreFigure } from './render/saves-text.ts';
import type { IncidentReport, ReportDocument } from './report-document.ts';
import { crossTable, type CrossCell } from './score/cross-table.ts';
import type { MitigationScore, ScenarioScore, ScoreResult } from './score/score-result.ts';

export function markdownText(document: ReportDocument): string {
  const { incidents, score, verdict, again, seeds, tool, digest } = document;
  const title = incidents.length === 1 ? incidents[0]!.title : `${plural(incidents.length, 'incident')} replayed`;
  const parts = [
    `# ${text(title)}`,
    ...(incidents.every(({ isOwn }) => isOwn) ? [] : [`*${DISCLAIMER}*`]),
    `**${verdict.word}**: ${text(verdict.reasons.join(' '))}`,
    `Reproduce (${seedText(seeds)}, ${tool.name} ${tool.version}):`,
    fenced(again),
    ...incidents.flatMap((incident) => incidentParts(incident, score, incidents.length > 1)),
    ...(score === null ? [] : crossParts(score)),
    `Digest: \`${digest}\``,
  ];
  return `${parts.join('\n\n')}\n`;
}

function incidentParts(incident: IncidentReport, score: ScoreResult | null, isNamed: boolean): readonly string[] {
  const { id, title, sentence, replay, explanation, picture, commands } = incident;
  const scenario = score?.scenarios.find((each) => each.id === id);
  const { failure, user } = explanation;
  const why =
    failure === null
      ? `No request of ${user} failed.`
      : `${failure.method} ${failure.path} of ${user} at ${failure.at} ended with ${failure.outcome}: ` +
        `${failure.culprit} failed it. The chain: \`${commands.explain}\``;
  return [
    ...(isNamed ? [`# ${text(title)}`] : []),
    text(sentence),
    `## Facts and thresholds`,
    expectationTable(incident),
    `## What happened when (${picture.clock.zone}, seed ${replay.seed})`,
    laneEntries(picture, replay.faults, replay.inputs)
      .toSorted((a, b) => a.fromMs - b.fromMs)
      .map(
        ({ from, until, lane, text: words }) =>
          `- **${from === until ? from : `${from} to ${until}`}** ${lane}: ${text(words)}`,
      )
      .join('\n'),
    `## Why`,
    text(why, true),
    ...(scenario === undefined ? [] : mitigationParts(scenario)),
    `## Assumptions`,
    table(
      ['assumption', 'value', 'unit', 'plausible', 'what it is'],
      replay.assumptions.map(({ id: name, value, unit, low, high, sentence: words }) => {
        return [name, trimmed(value), unit, `${trimmed(low)} to ${trimmed(high)}`, words];
      }),
    ),
  ];
}

/** Facts of a public report, or thresholds of the reader's own file. */
function expectationTable({ sweep, isOwn, thresholds = [] }: IncidentReport): string {
  if (isOwn === true) {
    const rows = thresholds.map(({ measure, verdict, expected, observed }) => [measure, verdict, expected, observed]);
    return table(['threshold', 'result', 'expected', 'observed'], rows);
  }
  return table(
    ['fact', 'result', 'seeds', 'expected', 'observed', 'kind'],
    sweep.facts.map(({ id: name, holds, scope, heldCount = 0, failedSeeds = [], expected, observed, kind }) => [
      name,
      holds === null ? 'more seeds needed' : holds ? 'holds' : '**FAILS**',
      scope === 'run' ? `${heldCount} of ${heldCount + failedSeeds.length}` : 'together',
      expected,
      observed,
      kind,
    ]),
  );
}

function mitigationParts(scenario: ScenarioScore): readonly string[] {
  const scored = scenario.mitigations.filter(({ status }) => status === 'scored');
  const rest = scenario.mitigations.filter(({ status }) => status !== 'scored');
  const rows = scored.map((arm) => [
    arm.id,
    verdictWords(arm),
    scoreFigure(arm.score),
    arm.exposure === null ? '' : [arm.exposure.word, ...arm.exposure.breaches].join(', '),
    priceWords(arm.price),
    `${whole(arm.actions.count)} in ${plural(arm.actions.seedCount, 'seed')}`,
  ]);
  return [
    `## Mitigations compared (${seedText(scenario.seeds)})`,
    ...(scenario.reason === undefined ? [] : [`**INCONCLUSIVE**: ${text(scenario.reason)}`]),
    table(['mitigation', 'verdict', 'score [95 %]', 'exposure', 'price on a fair day', 'acted'], rows),
    ...(rest.length === 0
      ? []
      : [
          rest
            .map(
              ({ id, status, reason = '' }) => `- ${id}: ${status === 'n/a' ? 'n/a' : 'not engaged'}, ${text(reason)}`,
            )
            .join('\n'),
        ]),
  ];
}

function verdictWords({ verdict, collapse }: MitigationScore): string {
  if (collapse === null || !collapse.bimodal) return verdict ?? '';
  return `collapses on ${percent(collapse.probability)} of seeds; ${verdict ?? ''}`;
}

function crossParts(score: ScoreResult): readonly string[] {
  if (score.scenarios.length < 2) return [];
  const { scenarios, rows } = score.crossTable ?? crossTable(score.scenarios);
  const body = rows.map(({ mitigation, cells }) => [
    mitigation,
    ...scenarios.map((scenario) => cellWords(cells.find((cell) => cell.scenario === scenario))),
  ]);
  return ['# Mitigations × incidents', table(['mitigation', ...scenarios], body)];
}

function cellWords(cell: CrossCell | undefined): string {
  if (cell === undefined) return '';
  if (cell.status === 'n/a') return 'n/a';
  return cell.verdict === null ? 'not engaged' : `${cell.verdict} ${scoreFigure(cell.score)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => text(cell, true)).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

/** Nothing of a name or a sentence becomes markup; a bar would end a cell. */
function text(words: string, keepsMarks = false): string {
  const plain = words
    .replaceAll('<', '&lt;')
    .replaceAll(/[|[\]]/g, '\\$&')
    .replaceAll(/\s*\n\s*/g, ' ');
  return keepsMarks ? plain : plain.replaceAll(/[*_`]/g, '\\$&');
}

function fenced(line: string): string {
  return `\`\`\`sh\n${line}\n\`\`\``;
}
