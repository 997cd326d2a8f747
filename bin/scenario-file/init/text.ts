/** The text of a scenario file that repeats the play of a published incident. */
import { z } from 'zod';
import type { Incident } from '../../../simulator/experiment/index.ts';
import { Moments } from '../moments.ts';
import { scenarioSchema, type CheckedScenario } from '../schema/scenario.ts';
import { documentOf } from './document.ts';
import { fieldNotes } from './field-notes.ts';
import { yamlText } from './yaml-text.ts';

/**
 * @param schemaPath of the JSON Schema, as seen from where the file will lie
 * @param name of the file, for the examples in its head
 * @throws SimulatorError when the format cannot say all that the incident's play is
 */
export function scenarioText(incident: Incident, schemaPath: string, name: string): string {
  const document = documentOf(incident);
  const written = writtenOf(document);
  return `${headOf(incident, schemaPath, name)}\n${yamlText(written, fieldNotes(written))}${THRESHOLDS}`;
}

/** Back from the units of the model to what people write. */
export function writtenOf(document: CheckedScenario): object {
  const { startsAt, t0Ms } = document.clock;
  const plain = new Moments(startsAt, 'start');
  const moments = new Moments(startsAt, plain.write(t0Ms));
  return z.encode(scenarioSchema(moments), document);
}

function headOf({ id, title }: Incident, schemaPath: string, name: string): string {
  return `# yaml-language-server: $schema=${schemaPath}
#
# ${title}
#
# A model consistent with the public report; not a reconstruction; not affiliated. As it stands it repeats the play of
# ${id} event by event; what it means, and which numbers are assumed: authdrill list incidents, docs/scenario-files.md.
# Change it into your own system, then:
#
#   authdrill validate ${name}
#   authdrill replay ${name}
#   authdrill score ${name} --seeds 10
#
# Moments: 09:00 (the first after the start), 2026-03-09T09:00, t0+5m, t0-5m, start+90s. Durations: 250ms, 90s, 1h30m, 2d.
`;
}

const THRESHOLDS = `
# What a run has to keep to: PASS, FAIL or INCONCLUSIVE, and the exit code 0, 1 or 3.
# thresholds:
#   servedRatio: at least 99%
#   disruptedUserMinutes: at most 500
#   timeToRecover: at most 15m
#   exposure: within budget
`;
