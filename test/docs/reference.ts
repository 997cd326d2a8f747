// The reference page, made from the registries so that it cannot drift from them.
import { incidents } from '../../scenarios/index.ts';
import { VERIFIER_PRESETS } from '../../services/backend/index.ts';
import { FAULTS } from '../../services/faults/index.ts';
import { mitigations } from '../../services/mitigations/index.ts';
import type { Incident } from '../../simulator/experiment/index.ts';

export function referencePage(): string {
  return [
    '# Reference',
    'Made from the registries by `npm run docs`; a test holds it against them.',
    '## Mitigations',
    table(
      ['id', 'what it does', 'source'],
      mitigations.map(({ id, sentence, source }) => [code(id), sentence, source]),
    ),
    '## Faults',
    table(
      ['name', 'what it does', 'seen in', 'layer'],
      FAULTS.map(({ name, sentence, source, layer }) => [code(name), sentence, source, layer]),
    ),
    '## Verifier presets',
    table(
      ['id', 'what it does', 'source'],
      VERIFIER_PRESETS.map(({ id, sentence, source }) => [code(id), sentence, source]),
    ),
    ...incidents.flatMap(incidentSection),
    '',
  ].join('\n\n');
}

function incidentSection(incident: Incident): readonly string[] {
  const assumptions = incident.assumptions.map(({ id, value, low, high, unit, sentence }) => [
    code(id),
    String(value),
    `${low} to ${high}`,
    unit,
    sentence,
  ]);
  const mutations = incident.mutations.map(({ id, sentence, breaks }) => [code(id), sentence, breaks.join(', ')]);
  return [
    `## ${incident.id}`,
    `${incident.sentence} Story and facts: [scenarios/${incident.id}](../scenarios/${incident.id}/README.md).`,
    'Assumptions, settable with `--assume id=value`:',
    table(['id', 'default', 'bounds', 'unit', 'what it is'], assumptions),
    'Mutations, each of which must break the facts it names:',
    table(['id', 'what is broken', 'facts'], mutations),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
