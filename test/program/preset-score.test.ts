/** `score --preset`: verifier stacks as arms, beside mitigations or alone. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { authdrillEnds, SMALL } from './started.ts';

const napta = 'napta-2025-12-19';
const ONE_SEED = [...SMALL, '--seeds', '1', '--quiet'];

interface Row {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
}

async function rowsOf(...args: readonly string[]): Promise<readonly Row[]> {
  const { stdout } = await authdrillEnds(['score', napta, ...ONE_SEED, '--json', ...args]);
  return rowsIn(stdout);
}

function rowsIn(text: string): readonly Row[] {
  const { scenarios } = JSON.parse(text) as { readonly scenarios: readonly { readonly mitigations: readonly Row[] }[] };
  return scenarios[0]!.mitigations;
}

describe('score --preset', () => {
  test('scores the presets alone; the one that the incident has already is without an object', async () => {
    const rows = await rowsOf('--preset', 'keyfunc,boot-fetch-swallowed');
    expect(rows.map(({ id, status }) => [id, status])).toEqual([
      ['preset:keyfunc', 'scored'],
      ['preset:boot-fetch-swallowed', 'n/a'],
    ]);
    expect(rows[1]!.reason).toBe('every instance has this verifier already');
  });

  test('stands beside mitigations that are named, and comes again from the command line that it prints', async () => {
    const args = ['--preset', 'jose', '--mitigation', 'automatic-retry-fixed'];
    const folder = mkdtempSync(join(tmpdir(), 'authdrill-'));
    const file = join(folder, 'score.json');
    const { stdout } = await authdrillEnds(['score', napta, ...ONE_SEED, ...args, '--output', file]);
    const rows = rowsIn(readFileSync(file, 'utf8'));
    rmSync(folder, { recursive: true });
    expect(rows.map(({ id }) => id).sort()).toEqual(['automatic-retry-fixed', 'preset:jose']);
    expect(stdout).toMatch(/^Again: .* --mitigation automatic-retry-fixed,preset:jose /m);
    expect(await rowsOf('--mitigation', 'automatic-retry-fixed,preset:jose')).toEqual(rows);
  });

  test('answers an unknown preset with the one that was meant', async () => {
    const { exitCode, stderr } = await authdrillEnds(['score', napta, '--preset', 'jos']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Unknown verifier preset "jos". Did you mean "jose"?');
  });
});
