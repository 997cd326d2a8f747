/**
 * The scenario files that this run has opened: found by path on the command line, by id from then on, in every worker. Light,
 * since the way to a command leads through here; what becomes of a file is made in opened-incidents.ts.
 */
import type { CheckedScenario } from './schema/scenario.ts';

/** A file as it travels to workers: checked, plain data. */
export interface ScenarioFile {
  /** As it was typed. */
  readonly path: string;
  readonly document: CheckedScenario;
}

const openedById = new Map<string, ScenarioFile>();

/** Whether an argument names a scenario file rather than a published incident. */
export function isScenarioPath(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}

export function enrol(files: readonly ScenarioFile[]): void {
  for (const file of files) openedById.set(file.document.id, file);
}

/** What a worker has to be told before it takes tasks. */
export function openedFiles(): readonly ScenarioFile[] {
  return [...openedById.values()];
}

/** By id, or by path. */
export function fileOf(name: string): ScenarioFile | undefined {
  return openedById.get(name) ?? openedFiles().find(({ path }) => path === name);
}

/** What to type for an incident: the path of a scenario file, else its id. */
export function typedName(id: string): string {
  return fileOf(id)?.path ?? id;
}
