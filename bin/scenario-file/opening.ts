/** Opens the scenario files that a command names, before it runs: whole, or with all that is wrong with them. */
import { readFileSync } from 'node:fs';
import { incidents } from '../../scenarios/index.ts';
import { UsageError } from '../exit.ts';
import type { Checked } from './check.ts';
import { enrol, isScenarioPath, openedFiles, type ScenarioFile } from './registry.ts';

/** @param names arguments of the command, lists among them; what is no path of a scenario file is left alone */
export async function openScenarioFiles(names: readonly unknown[]): Promise<void> {
  const paths = names.flat().filter((name): name is string => typeof name === 'string' && isScenarioPath(name));
  if (paths.length === 0) return;
  const files = [];
  for (const path of new Set(paths)) files.push(await readScenario(path));
  checkIds([...openedFiles(), ...files]);
  enrol(files);
}

/** @throws UsageError with every complaint, one to a line */
async function readScenario(path: string): Promise<ScenarioFile> {
  const { complaintText } = await import('./check.ts');
  const checked = await checkText(path);
  if (checked.ok) return { path, document: checked.document };
  const { complaints } = checked;
  const count = complaints.length === 1 ? 'one thing is' : `${complaints.length} things are`;
  throw new UsageError(`${count} wrong with ${path}\n${complaintText(path, complaints)}`);
}

/** @throws UsageError when it cannot be read */
export async function checkText(path: string): Promise<Checked> {
  const { checkScenario } = await import('./check.ts');
  return checkScenario(readText(path));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a directory' : String(code);
    throw new UsageError(`${path} cannot be read: ${reason}. Write one with: authdrill init --blank --output ${path}`);
  }
}

/** Results are named by id: two scenarios of one name could not be told apart. */
function checkIds(files: readonly ScenarioFile[]): void {
  const seen = new Map<string, string>(incidents.map(({ id }) => [id, 'the published incident']));
  for (const { path, document } of files) {
    const other = seen.get(document.id);
    if (other !== undefined && other !== path) {
      throw new UsageError(`${path}: the id "${document.id}" is that of ${other}. Give the scenario an id of its own.`);
    }
    seen.set(document.id, path);
  }
}
