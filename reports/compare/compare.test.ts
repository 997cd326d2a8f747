import { describe, expect, it } from 'vitest';
import { sampleDocument } from '../../test/docs/gallery-document.ts';
import type { ReportDocument } from '../report-document.ts';
import { comparableOf } from './comparable.ts';
import { compareResults } from './compare.ts';
import { compareText } from './compare-text.ts';
import type { Comparison } from './comparison.ts';

const before = sampleDocument('napta-2025-12-19');
const [incident] = before.incidents;

function compared(after: ReportDocument, from: ReportDocument = before): Comparison {
  return { schemaVersion: 1, ...compareResults(comparableOf(from), comparableOf(after))! };
}

/** The harm of one arm multiplied in the runs, and its score made to fit. */
function harmed(mitigation: string, factor: number): ReportDocument {
  const { columns, rows } = before.runs!;
  const [arm, harm] = [columns.indexOf('mitigation'), columns.indexOf('disruptedUserMinutes')];
  const changedRows = rows.map((row) => {
    if (row[arm] !== mitigation) return row;
    return row.map((cell, index) => (index === harm ? Number(cell) * factor : cell));
  });
  const scenarios = before.score!.scenarios.map((scenario) => ({
    ...scenario,
    mitigations: scenario.mitigations.map((own) =>
      own.id === mitigation ? { ...own, score: { mean: 10, low: 8, high: 12 } } : own,
    ),
  }));
  return { ...before, runs: { columns, rows: changedRows }, score: { ...before.score!, scenarios } };
}

describe('two results compared', () => {
  it('a result did not move against itself', () => {
    const comparison = compared(before);
    expect(comparison).toMatchObject({ word: 'PASS', inputs: [] });
    expect(comparison.rows.length).toBeGreaterThan(10);
    expect(comparison.rows.filter(({ word }) => word !== 'same')).toEqual([]);
    expect(compareText(comparison)).toMatch(
      /^The same went in\.\n\n\d+ figures of \d+ did not move\.\nPASS: nothing got worse\.$/,
    );
  });

  it('a fact that no longer holds is worse, whatever the scores do', () => {
    const facts = incident!.sweep.facts.map((fact) => (fact.id === 'N4' ? { ...fact, holds: false } : fact));
    const after = { ...before, incidents: [{ ...incident!, sweep: { ...incident!.sweep, facts } }] };
    const comparison = compared(after);
    expect(comparison.word).toBe('FAIL');
    expect(comparison.rows[0]).toMatchObject({ what: 'fact', id: 'N4', word: 'worse' });
    expect(compared(before, after).rows[0]).toMatchObject({ what: 'fact', id: 'N4', word: 'better' });
  });

  it('an arm that harms ten times as much on every seed is worse beyond noise, over paired seeds', () => {
    const comparison = compared(harmed('automatic-retry-fixed', 10));
    const row = comparison.rows.find(({ id }) => id === 'automatic-retry-fixed');
    expect(row).toMatchObject({ word: 'worse', difference: { basis: 'paired seeds' } });
    expect(row!.difference!.high).toBeLessThan(-5);
    expect(comparison.word).toBe('FAIL');
    expect(compareText(comparison)).toMatch(/^worse +mitigation automatic-retry-fixed +reduces .* −62 /m);
  });

  it('without the runs it goes by the intervals, and says that they are wider', () => {
    const comparison = compared({ ...harmed('automatic-retry-fixed', 10), runs: null });
    const row = comparison.rows.find(({ id }) => id === 'automatic-retry-fixed');
    expect(row!.difference).toMatchObject({ basis: 'two intervals' });
    expect(compareText(comparison)).toContain('intervals of differences are wider');
  });

  it('a door that opened is worse even where the score stayed', () => {
    const scenarios = before.score!.scenarios.map((scenario) => ({
      ...scenario,
      mitigations: scenario.mitigations.map((arm) =>
        arm.exposure === null ? arm : { ...arm, exposure: { ...arm.exposure, word: 'admits forged' as const } },
      ),
    }));
    const { rows, word } = compared({ ...before, score: { ...before.score!, scenarios } });
    expect(word).toBe('FAIL');
    expect(
      rows.filter((row) => row.what === 'exposure').map((row) => [row.word, row.before, row.after]),
    ).toContainEqual(['worse', 'within budget', 'admits forged']);
  });

  it('says which assumption, version and seeds differ', () => {
    const assumptions = incident!.sweep.assumptions.map((one) => (one.id === 'users' ? { ...one, value: 800 } : one));
    const sweep = { ...incident!.sweep, assumptions, seeds: [1, 2, 3] };
    const after = { ...before, tool: { ...before.tool, version: '9.9.9' }, incidents: [{ ...incident!, sweep }] };
    expect(compared(after).inputs).toEqual([
      `version ${before.tool.version} → 9.9.9`,
      'napta-2025-12-19: users 400 → 800',
      'napta-2025-12-19: seeds 1 to 2 → seeds 1 to 3',
    ]);
  });

  it('two results about different incidents have nothing to compare', () => {
    expect(compareResults(comparableOf(before), comparableOf(sampleDocument('uniflow-2024-09-09')))).toBeNull();
  });
});
