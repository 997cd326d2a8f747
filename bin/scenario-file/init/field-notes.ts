/** What the schema says of the field at a path of a document: the comments of a file that `init` writes. */
import { wholeJsonSchema } from '../json-schema.ts';

/** What the head of the file says already. */
const SELF_EVIDENT = ['id', 'title', 'sentence'];

type Json = Readonly<Record<string, unknown>>;

/** @param written the document: which of several kinds of group stands at a place is told by what stands in it */
export function fieldNotes(written: object): (path: readonly string[]) => string | undefined {
  const schema = wholeJsonSchema();
  return (path) => {
    let here: Json | undefined = schema;
    let value: unknown = written;
    for (const step of path) {
      [here, value] = inside(here, value);
      here = fieldOf(here, step, value);
      value = isJson(value) ? value[step] : undefined;
      if (here === undefined) return undefined;
    }
    if (path.length === 1 && SELF_EVIDENT.includes(path[0]!)) return undefined;
    const { description } = here;
    return typeof description === 'string' ? description : undefined;
  };
}

/** Through a list, whose items have no key: the first one stands for all. */
function inside(schema: Json | undefined, value: unknown): [Json | undefined, unknown] {
  if (!Array.isArray(value)) return [schema, value];
  const list = schema?.['type'] === 'array' ? schema : alternatives(schema).find(({ type }) => type === 'array');
  return [list?.['items'] as Json | undefined, value[0]];
}

function fieldOf(schema: Json | undefined, key: string, value: unknown): Json | undefined {
  for (const candidate of [schema, ...alternatives(schema)]) {
    if (candidate === undefined || !fits(candidate, value)) continue;
    const properties = candidate['properties'] as Json | undefined;
    const found = properties?.[key] ?? candidate['additionalProperties'];
    if (isJson(found)) return found;
  }
  return undefined;
}

function alternatives(schema: Json | undefined): readonly Json[] {
  return [...((schema?.['oneOf'] as Json[] | undefined) ?? []), ...((schema?.['anyOf'] as Json[] | undefined) ?? [])];
}

/** Whether the constants of a kind of group (role, kind, do) are those of the value. */
function fits(schema: Json, value: unknown): boolean {
  const properties = (schema['properties'] ?? {}) as Json;
  return Object.entries(properties).every(([key, property]) => {
    const wanted = (property as Json)['const'];
    return wanted === undefined || (isJson(value) && value[key] === wanted);
  });
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
