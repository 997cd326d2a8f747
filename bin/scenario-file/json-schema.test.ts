/** Claims about the schema that editors read, and about what it shares with the program. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FAULTS } from '../../services/faults/index.ts';
import { toJson } from '../output.ts';
import { faultSpec, PLAIN_NAMES } from './cast/faults.ts';
import { checkScenario } from './check.ts';
import { scenarioJsonSchema } from './json-schema.ts';
import { PLAIN_MECHANISMS } from './schema/faults.ts';

const place = (path: string): URL => new URL(`../../${path}`, import.meta.url);

it('the committed schema is the program’s own (authdrill schema scenario --output schemas/scenario.schema.json)', () => {
  expect(readFileSync(place('schemas/scenario.schema.json'), 'utf8')).toBe(`${toJson(scenarioJsonSchema())}\n`);
});

it('every part that the schema points at is there', () => {
  const schema = scenarioJsonSchema();
  const pointed = [...JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"]+)"/g)].map(([, name]) => name!);
  expect(pointed.length).toBeGreaterThan(10);
  expect(Object.keys(schema['$defs'] as object)).toEqual(expect.arrayContaining([...new Set(pointed)]));
});

it('the first line of the example names the schema that lies beside it', () => {
  const [first] = readFileSync(place('examples/bookshop.yaml'), 'utf8').split('\n');
  expect(first).toBe('# yaml-language-server: $schema=../schemas/scenario.schema.json');
});

it('every fault of the list can be written in a file, each with an example that is bound', () => {
  expect([...PLAIN_MECHANISMS].sort()).toEqual([...PLAIN_NAMES].sort());
  const optioned: Readonly<Record<string, string>> = {
    status: 'status: 503',
    slow: 'delay: 2s',
    dribble: 'body: 40s',
    'keys-missing': 'kids: [key-1]',
    'huge-set': 'keys: 100',
    redirect: 'location: /sso',
    'truncated-json': 'kept: 0.5',
    'wrong-content-type': 'contentType: text/html',
    'duplicate-kid': 'twin: after',
    flap: 'of: refuse, down: 10s, up: 30s',
  };
  const example = readFileSync(place('examples/bookshop.yaml'), 'utf8');
  for (const { name } of FAULTS) {
    const options = optioned[name] === undefined ? '' : `, ${optioned[name]}`;
    const fault = `one: { mechanism: ${name}, target: idp, from: t0, until: t0+5m${options} }`;
    const checked = checkScenario(example.replace(/faults:\n(?: {2}.*\n)+/, `faults:\n  ${fault}\n`));
    if (!checked.ok) throw new Error(`${name}: ${JSON.stringify(checked.complaints)}`);
    expect(faultSpec('one', checked.document.faults!['one']!).mechanism).toBe(name);
  }
});
