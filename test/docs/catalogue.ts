// The page about mitigations, made from their files so that it cannot drift from them.
import { mitigations } from '../../services/mitigations/index.ts';
import type { Mitigation, MitigationFamily } from '../../simulator/contract/index.ts';

const FAMILIES: Readonly<Record<MitigationFamily, string>> = {
  'keys-missing-at-start': 'Keys missing at start',
  'retry-storm': 'Retry storm',
  'host-bound-cookie': 'Host-bound cookie',
};

export function cataloguePage(): string {
  const families = Object.entries(FAMILIES).flatMap(([family, title]) => [
    `## ${title}`,
    ...mitigations.filter((mitigation) => mitigation.family === family).flatMap(entry),
  ]);
  return [
    '# Mitigations',
    'What each does, where it sits, where its numbers come from, when it hurts, and what you would change in a service of your own.\n' +
      'Made from `services/mitigations/` by `npm run docs`. What each saves, costs and opens is measured: `authdrill score all`.',
    ...families,
    '',
  ].join('\n\n');
}

function entry({ id, sentence, place, source, hurtsWhen, change }: Mitigation): readonly string[] {
  return [
    `### ${id}`,
    sentence,
    [`- Sits in: ${place.replace('-', ' ')}`, `- Source: ${source}`, `- Hurts when: ${hurtsWhen}`].join('\n'),
    `\`\`\`diff\n${change}\n\`\`\``,
  ];
}
