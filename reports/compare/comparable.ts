/** What can be compared of a result, whichever command wrote it. */
import type { FactResult, ReplayResult, SweepResult, SweptFact } from '../../simulator/experiment/index.ts';
import type { MeasuredRuns, ReportDocument } from '../report-document.ts';
import type { ScenarioScore, ScoreResult } from '../score/score-result.ts';

export interface Comparable {
  readonly digest: string;
  /** Null where the document does not say. */
  readonly version: string | null;
  readonly mitigations: readonly string[];
  readonly incidents: readonly ComparableIncident[];
  readonly runs: MeasuredRuns | null;
}

export interface ComparableIncident {
  readonly id: string;
  readonly seeds: readonly number[];
  readonly assumptions: Readonly<Record<string, number>>;
  readonly facts: readonly (FactResult | SweptFact)[];
  readonly score: ScenarioScore | null;
}

export function comparableOf(document: ReplayResult | SweepResult | ScoreResult | ReportDocument): Comparable {
  const { digest } = document;
  switch (document.kind) {
    case 'replay':
    case 'sweep': {
      const { scenario, facts, assumptions, mitigations } = document;
      const seeds = document.kind === 'replay' ? [document.seed] : document.seeds;
      const values = Object.fromEntries(assumptions.map(({ id, value }) => [id, value]));
      const incidents = [{ id: scenario, seeds, assumptions: values, facts, score: null }];
      return { digest, version: null, mitigations, incidents, runs: null };
    }
    case 'score': {
      const incidents = document.scenarios.map((score) => {
        return { id: score.id, seeds: score.seeds, assumptions: score.assumptions, facts: [], score };
      });
      return { digest, version: null, mitigations: [], incidents, runs: null };
    }
    case 'report': {
      const incidents = document.incidents.map(({ id, sweep }) => {
        const values = Object.fromEntries(sweep.assumptions.map(({ id: name, value }) => [name, value]));
        const score = document.score?.scenarios.find((scenario) => scenario.id === id) ?? null;
        return { id, seeds: sweep.seeds, assumptions: values, facts: sweep.facts, score };
      });
      return { digest, version: document.tool.version, mitigations: [], incidents, runs: document.runs };
    }
  }
}
