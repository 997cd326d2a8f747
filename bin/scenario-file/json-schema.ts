/** The JSON Schema of scenario files: what an editor completes and underlines. Names of hosts are checked by `validate` only. */
import { z } from 'zod';
import { Moments } from './moments.ts';
import { scenarioSchema } from './schema/scenario.ts';

export const SCHEMA_FILE = 'scenario.schema.json';

type Json = Readonly<Record<string, unknown>>;

/** Draft 2020-12, every part written out where it stands. */
export function wholeJsonSchema(): Json {
  const schema = scenarioSchema(new Moments('2000-01-01T00:00', 'start'));
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return { $schema, title: 'authdrill scenario', ...rest };
}

/** The same with what stands there several times written once, under $defs. */
export function scenarioJsonSchema(): Json {
  const whole = wholeJsonSchema();
  const counts = new Map<string, number>();
  count(whole, counts);
  const definitions = new Map<string, { readonly name: string; readonly body: unknown }>();
  const body = shared(whole, counts, definitions, true) as Json;
  return { ...body, $defs: Object.fromEntries([...definitions.values()].map(({ name, body: part }) => [name, part])) };
}

/** Shorter parts are easier to read in their place. */
const SHORTEST_SHARED = 200;

function count(value: unknown, counts: Map<string, number>): void {
  if (typeof value !== 'object' || value === null) return;
  const text = JSON.stringify(value);
  const seen = counts.get(text) ?? 0;
  counts.set(text, seen + 1);
  // Inside a repetition everything is repeated: only the whole of it is of interest.
  if (seen === 0) for (const member of Object.values(value)) count(member, counts);
}

function shared(
  value: unknown,
  counts: ReadonlyMap<string, number>,
  definitions: Map<string, { readonly name: string; readonly body: unknown }>,
  isTop: boolean,
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const inside = (member: unknown): unknown => shared(member, counts, definitions, false);
  if (Array.isArray(value)) return value.map(inside);
  const text = JSON.stringify(value);
  const isSchema = 'type' in value || 'anyOf' in value || 'oneOf' in value;
  if (isTop || !isSchema || text.length < SHORTEST_SHARED || (counts.get(text) ?? 0) < 2) return entries(value, inside);
  const known = definitions.get(text);
  if (known !== undefined) return { $ref: `#/$defs/${known.name}` };
  const name = `part${definitions.size + 1}`;
  definitions.set(text, { name, body: undefined });
  definitions.set(text, { name, body: entries(value, inside) });
  return { $ref: `#/$defs/${name}` };
}

function entries(value: object, inside: (member: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inside(member)]));
}
