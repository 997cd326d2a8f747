import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { format } from 'prettier';
import { documentJsonSchemas } from '../../bin/documents/json-schemas.ts';

const folder = new URL('../../schemas/', import.meta.url);
const schemas = documentJsonSchemas();

test.each(Object.keys(schemas))(
  'schemas/%s.schema.json says what our own reader checks (npm run docs rewrites it)',
  async (kind) => {
    const text = await format(JSON.stringify(schemas[kind]), { parser: 'json', printWidth: 120 });
    const path = new URL(`${kind}.schema.json`, folder);
    if (process.env['UPDATE_DOCS'] === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, text);
    }
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(schemas[kind]).toMatchObject({ type: 'object', properties: { kind: { const: kind } } });
  },
);

test('every kind of result document has a schema in the package', () => {
  const shipped = readdirSync(folder);
  expect(shipped).toEqual(expect.arrayContaining(Object.keys(schemas).map((kind) => `${kind}.schema.json`)));
});
