/** The samples in reports/gallery are what `report` writes today. UPDATE_DOCS=1 (npm run docs) writes them anew. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { incidents } from '../../scenarios/index.ts';
import { firstDifference } from '../docs/gallery-document.ts';
import { authdrillEnds } from './started.ts';

const gallery = fileURLToPath(new URL('../../reports/gallery/', import.meta.url));
const ENDINGS = { html: 'html', markdown: 'md', junit: 'xml', csv: 'csv' };
/** Few, so that the samples stay small and this test short. */
const SEEDS = '2';

test.each(['napta-2025-12-19', 'cytracom-2021-03-16', 'uniflow-2024-09-09'])(
  'the sample of %s is written again by the command that stands in it',
  async (incident) => {
    const { ownMitigations = [] } = incidents.find(({ id }) => id === incident)!;
    const update = process.env['UPDATE_DOCS'] === '1';
    const folder = update ? gallery : mkdtempSync(join(tmpdir(), 'authdrill-gallery-'));
    try {
      const formats = Object.entries(ENDINGS).flatMap(([format, ending]) => {
        return [`--${format}`, join(folder, `${incident}.${ending}`)];
      });
      const args = ['report', incident, '--seeds', SEEDS, '--mitigation', ownMitigations.join(','), '--quiet'];
      const { exitCode, stderr } = await authdrillEnds([...args, ...formats]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      for (const ending of Object.values(ENDINGS)) {
        const name = `${incident}.${ending}`;
        const [written, committed] = [folder, gallery].map((place) => readFileSync(join(place, name), 'utf8'));
        expect(firstDifference(committed!, written!)).toBeNull();
      }
    } finally {
      if (!update) rmSync(folder, { recursive: true, force: true });
    }
  },
  600_000,
);
