/** Mitigations × incidents: what helps in one may hurt in another, which no scorecard of a single incident shows. */
import type { ExposureWord } from './exposure.ts';
import type { MitigationScore, ScenarioScore } from './score-result.ts';
import type { Score } from './score.ts';
import type { Verdict } from './verdict.ts';

/** One mitigation in one incident; members as in its scorecard. */
export interface CrossCell {
  readonly scenario: string;
  readonly status: MitigationScore['status'];
  readonly verdict: Verdict | null;
  readonly score: Score | null;
  /** P(collapse), 0–1, where outcomes are bimodal; else null. */
  readonly collapseProbability: number | null;
  readonly exposure: ExposureWord | 'not tested' | null;
  readonly seedCount: number;
}

export interface CrossRow {
  readonly mitigation: string;
  /** In the order of the table's scenarios. */
  readonly cells: readonly CrossCell[];
  /** In how many incidents the verdict is *prevents* or *reduces*. */
  readonly helpsCount: number;
  /** In how many incidents the verdict is *worsens*, or exposure is beyond its budget. */
  readonly hurtsCount: number;
}

export interface CrossTable {
  readonly scenarios: readonly string[];
  /** Those that help in more incidents first; among these, those that hurt in fewer; then by id. */
  readonly rows: readonly CrossRow[];
}

/** @param scenarios the scorecards of one document; a mitigation that is missing from one of them has no cell there */
export function crossTable(scenarios: readonly Pick<ScenarioScore, 'id' | 'seeds' | 'mitigations'>[]): CrossTable {
  const ids = [...new Set(scenarios.flatMap(({ mitigations }) => mitigations.map(({ id }) => id)))];
  const rows = ids.map((mitigation): CrossRow => {
    const cells = scenarios.flatMap(({ id, seeds, mitigations }) => {
      const arm = mitigations.find((each) => each.id === mitigation);
      return arm === undefined ? [] : [cellOf(id, seeds.length, arm)];
    });
    return {
      mitigation,
      cells,
      helpsCount: cells.filter(({ verdict }) => verdict === 'prevents' || verdict === 'reduces').length,
      hurtsCount: cells.filter(hurts).length,
    };
  });
  return { scenarios: scenarios.map(({ id }) => id), rows: rows.sort(compare) };
}

function cellOf(scenario: string, seedCount: number, arm: MitigationScore): CrossCell {
  const { status, verdict, score, collapse, exposure } = arm;
  return {
    scenario,
    status,
    verdict,
    score,
    collapseProbability: collapse?.bimodal === true ? collapse.probability : null,
    exposure: exposure?.word ?? null,
    seedCount: arm.seedCount ?? (status === 'n/a' ? 0 : seedCount),
  };
}

function hurts({ verdict, exposure }: CrossCell): boolean {
  return verdict === 'worsens' || exposure === 'exceeds budget' || exposure === 'admits forged';
}

function compare(a: CrossRow, b: CrossRow): number {
  return b.helpsCount - a.helpsCount || a.hurtsCount - b.hurtsCount || (a.mitigation < b.mitigation ? -1 : 1);
}
