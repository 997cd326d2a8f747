/** Thresholds over the arms of a scorecard: does the system as written keep to them, and with which mitigation would it? */
import { plural } from '../../reports/render/figures.ts';
import { unpainted, type Paint } from '../../reports/render/paint.ts';
import { table } from '../../reports/render/table.ts';
import type { ExperimentResult, IncidentExperiment } from '../../simulator/experiment/index.ts';
import { EXIT } from '../exit.ts';
import { fileOf } from './registry.ts';
import { judgeRuns, thresholdText, verdictText, worst, type ThresholdResult } from './thresholds/table.ts';

export interface ScenarioVerdicts {
  readonly id: string;
  /** Of the system as the file has it. */
  readonly control: ThresholdResult;
  readonly mitigations: readonly { readonly id: string; readonly result: ThresholdResult }[];
}

/** Of those incidents that are scenario files with thresholds. */
export function scenarioVerdicts({ incidents }: ExperimentResult): readonly ScenarioVerdicts[] {
  return incidents.flatMap((incident) => {
    const thresholds = fileOf(incident.id)?.document.thresholds;
    return thresholds === undefined ? [] : [verdictsOf(incident, thresholds)];
  });
}

function verdictsOf(
  { id, control, arms, accessTokenLifetimeMs }: IncidentExperiment,
  thresholds: Parameters<typeof judgeRuns>[0],
): ScenarioVerdicts {
  const ran = arms.filter(({ scored }) => scored.length > 0);
  const ofControl = judgeRuns(thresholds, control.scored, accessTokenLifetimeMs);
  // A run in which a fault was not felt proves nothing.
  const isFelt = control.scored.every(({ unfeltFaults }) => unfeltFaults.length === 0);
  return {
    id,
    control: { ...ofControl, verdict: isFelt ? ofControl.verdict : 'INCONCLUSIVE' },
    mitigations: ran.map(({ mitigation, scored }) => {
      return { id: mitigation!, result: judgeRuns(thresholds, scored, accessTokenLifetimeMs) };
    }),
  };
}

export function verdictsText({ control, mitigations }: ScenarioVerdicts, paint: Paint = unpainted): string {
  const rows = mitigations.map(({ id, result }) => {
    const open = result.rows.filter(({ verdict }) => verdict !== 'PASS').map(({ measure }) => measure);
    const tone = { PASS: 'good', FAIL: 'bad', INCONCLUSIVE: 'unsure' } as const;
    return [id, { text: result.verdict, tone: tone[result.verdict] }, open.join(', ')];
  });
  const columns = [
    { title: 'with the mitigation', minimum: 'whole' as const },
    { title: 'thresholds', minimum: 'whole' as const },
    { title: 'not kept, or not known to be' },
  ];
  const passing = mitigations.filter(({ result }) => result.verdict === 'PASS').length;
  return [
    thresholdText(control, paint),
    '',
    ...(rows.length === 0 ? [] : [...table(columns, rows, paint), '']),
    verdictText(control, paint),
    ...(control.verdict === 'PASS'
      ? []
      : [`With one mitigation more: ${plural(passing, 'of them keeps', 'of them keep')} to all thresholds.`]),
  ].join('\n');
}

/** The exit code of the systems as written, taken together; undefined without thresholds. */
export function verdictExit(verdicts: readonly ScenarioVerdicts[]): number | undefined {
  if (verdicts.length === 0) return undefined;
  const word = worst(verdicts.map(({ control }) => control.verdict));
  return { PASS: EXIT.pass, FAIL: EXIT.failed, INCONCLUSIVE: EXIT.inconclusive }[word];
}
