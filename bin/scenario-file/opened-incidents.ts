/** The scenario files that this run has opened, as incidents: each made once. */
import type { Incident } from '../../simulator/experiment/index.ts';
import { incidentOf } from './cast/incident.ts';
import { fileOf, openedFiles, type ScenarioFile } from './registry.ts';

const incidents = new WeakMap<ScenarioFile, Incident>();

export function openedIncidents(): readonly Incident[] {
  return openedFiles().map(made);
}

/** By path or by id. */
export function openedIncident(name: string): Incident | undefined {
  const file = fileOf(name);
  return file === undefined ? undefined : made(file);
}

function made(file: ScenarioFile): Incident {
  let incident = incidents.get(file);
  if (incident === undefined) incidents.set(file, (incident = incidentOf(file.document)));
  return incident;
}
