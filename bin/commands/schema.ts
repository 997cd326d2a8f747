/** `schema`: the JSON Schema of scenario files, for editors and for other programs. */
import { EXIT, UsageError } from '../exit.ts';
import { scenarioJsonSchema } from '../scenario-file/json-schema.ts';
import { tell, toJson, writeWhole } from '../output.ts';
import { Session, type CommonFlags } from '../session.ts';
import { didYouMean } from '../suggestion.ts';

const KINDS = ['scenario'];

export function schema(kind: string, flags: CommonFlags): number {
  if (!KINDS.includes(kind)) {
    throw new UsageError(`There is no schema "${kind}".${didYouMean(kind, KINDS)} Known: ${KINDS.join(', ')}.`);
  }
  const { quiet } = new Session(flags);
  const text = `${toJson(scenarioJsonSchema())}\n`;
  if (flags.output === undefined) process.stdout.write(text);
  else {
    writeWhole(flags.output, text);
    if (!quiet) tell(`authdrill: wrote ${flags.output}`);
  }
  return EXIT.pass;
}
