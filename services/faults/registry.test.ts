/** The list of faults and the folder of mechanisms say the same. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as faults from './index.ts';

const folder = readdirSync(new URL('mechanisms/', import.meta.url)).filter((name) => !name.endsWith('.test.ts'));

test('each mechanism file is listed once under its name', () => {
  expect(folder.length).toBeGreaterThan(20);
  expect(faults.FAULTS.map(({ name }) => `${name}.ts`).sort()).toEqual(folder.sort());
});

test('each has one sentence, a source and a layer, listed from the outside in', () => {
  for (const { sentence, source } of faults.FAULTS) {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(source.length).toBeGreaterThan(10);
  }
  const ranks = faults.FAULTS.map(({ layer }) => faults.FAULT_LAYERS.indexOf(layer));
  expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
});

test('each is made by the function of its name, with the same entry', () => {
  const made = [
    faults.refuse(),
    faults.reset(),
    faults.flap({ upMs: 1, downMs: 1 }, faults.refuse()),
    faults.hang(),
    faults.slow({ delayMs: 1 }),
    faults.status({ status: 503 }),
    faults.html200(),
    faults.redirect(),
    faults.emptyBody(),
    faults.truncatedJson(),
    faults.wrongContentType(),
    faults.dribble({ bodyMs: 1 }),
    faults.cut(),
    faults.emptyObject(),
    faults.emptyKeys(),
    faults.keysMissing({ kids: ['k'] }),
    faults.staleDocument(),
    faults.noKid(),
    faults.useEnc(),
    faults.sameKidNewKey(),
    faults.duplicateKid(),
    faults.unknownKeyType(),
    faults.malformedKey(),
    faults.ed25519Key(),
    faults.hugeSet(),
  ];
  expect(made.map(({ name, sentence, source, layer }) => ({ name, sentence, source, layer }))).toEqual(faults.FAULTS);
});
