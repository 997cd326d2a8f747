/** A published incident as a scenario file is the same play: event for event, not only in its outcome. */
import { describe, expect, it } from 'vitest';
import { cytracom } from '../../../scenarios/cytracom-2021-03-16/incident.ts';
import { napta } from '../../../scenarios/napta-2025-12-19/incident.ts';
import { uniflow } from '../../../scenarios/uniflow-2024-09-09/incident.ts';
import { runTrial, type Incident, type Timetable } from '../../../simulator/experiment/index.ts';
import { incidentOf } from '../cast/incident.ts';
import { checkScenario } from '../check.ts';
import { scenarioText } from './text.ts';

function throughFile(incident: Incident): Incident {
  const checked = checkScenario(scenarioText(incident, '../schemas/scenario.schema.json', 'mine.yaml'));
  if (!checked.ok) throw new Error(JSON.stringify(checked.complaints));
  // Workers get the document as JSON-like data: what it cannot carry would be lost.
  return incidentOf(structuredClone(checked.document));
}

function run(incident: Incident, timetable: Timetable, seed: number) {
  const { view, measures, exposure } = runTrial({ incident, timetable, seed, mitigations: [], assumptions: {} });
  return { traceHash: view.record.traceHash, eventCount: view.record.eventCount, measures, exposure };
}

describe.each([napta, cytracom, uniflow])('$id', (incident) => {
  const own = throughFile(incident);

  it.each([
    ['historical', 1],
    ['scored', 2],
  ] as const)('has the same %s play in a file', (timetable, seed) => {
    expect(run(own, timetable, seed)).toEqual(run(incident, timetable, seed));
  });

  it('explains its fields, each where it stands first', () => {
    const text = scenarioText(incident, 'schema.json', 'mine.yaml');
    expect(text.startsWith('# yaml-language-server: $schema=schema.json\n')).toBe(true);
    expect(text.match(/# When the trouble begins: harm counts from here\./g)).toHaveLength(1);
    expect(text).toContain(`id: my-${incident.id}`);
    expect(text).not.toContain('Ms:');
  });
});

it('the good day of Napta is the same, too', () => {
  expect(run(throughFile(napta), 'fair-weather', 1)).toEqual(run(napta, 'fair-weather', 1));
});
