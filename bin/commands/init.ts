/** `init`: a scenario file to start from, of a published incident or of a system that does not exist. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findIncident } from '../catalogue.ts';
import { EXIT, UsageError } from '../exit.ts';
import { programName } from '../invocation.ts';
import { checkOutput, tell, writeWhole } from '../output.ts';
import { scenarioText } from '../scenario-file/init/text.ts';
import { SCHEMA_FILE } from '../scenario-file/json-schema.ts';

export interface InitFlags {
  readonly blank?: boolean;
  readonly output?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

/** The folder of the package, from the compiled command. */
const PACKAGE = dirname(fileURLToPath(new URL('../../../package.json', import.meta.url)));
const EXAMPLE = 'bookshop.yaml';

export function init(
  incident: string | undefined,
  { blank = false, output, force = false, quiet = false }: InitFlags,
): number {
  if (blank === (incident !== undefined)) {
    const remedy = 'Give a published incident (authdrill list incidents), or --blank for a small example.';
    throw new UsageError(
      blank ? `--blank goes without an incident. ${remedy}` : `init needs something to begin with. ${remedy}`,
    );
  }
  if (output !== undefined) {
    checkOutput(output);
    if (existsSync(output) && !force)
      throw new UsageError(`${output} is there already. Choose another name, or --force.`);
  }
  const schemaPath = schemaFrom(output === undefined ? '.' : dirname(output));
  const name = output === undefined ? 'mine.yaml' : basename(output);
  const text =
    incident === undefined ? blankText(schemaPath, name) : scenarioText(findIncident(incident), schemaPath, name);
  if (output === undefined) process.stdout.write(text);
  else {
    writeWhole(output, text);
    if (!quiet) tell(`authdrill: wrote ${output}\nNext: ${programName()} validate ${output}`);
  }
  return EXIT.pass;
}

/** The small example, under the name that it will have. */
function blankText(schemaPath: string, name: string): string {
  const text = readFileSync(join(PACKAGE, 'examples', EXAMPLE), 'utf8');
  return text.replace(/(?<=\$schema=).*/, schemaPath).replaceAll(` ${EXAMPLE}`, ` ${name}`);
}

/** As an editor finds it from a file in that folder. */
function schemaFrom(folder: string): string {
  return relative(resolve(folder), join(PACKAGE, 'schemas', SCHEMA_FILE))
    .split(sep)
    .join('/');
}
