/** Napta made small, for trying out what this family does: the first hours, one of four instances without keys. */
import { T0_MS } from '../../scenarios/napta-2025-12-19/clock.ts';
import { napta } from '../../scenarios/napta-2025-12-19/incident.ts';
import { isNotApplicable, type Mitigation, type Scenario } from '../../simulator/contract/index.ts';
import { applyAll, defaultValues, RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { keysAtStart } from '../../services/mitigations/keys-at-start/index.ts';

export const MINUTE_MS = 60_000;
export { T0_MS };

/** From T0 to the end: neither the boot of those who were there before nor the published restart is in it. */
export const TROUBLE = { fromMs: T0_MS, untilMs: T0_MS + 100 * MINUTE_MS };
/** The keys can be had again 8 minutes after T0. */
export const LATER = { fromMs: T0_MS + 14 * MINUTE_MS, untilMs: TROUBLE.untilMs };

export function smallNapta(assumptions: Record<string, number> = {}): Scenario {
  const values = { instances: 4, startedInside: 1, users: 30, actionMeanMs: 60_000, ...assumptions };
  const whole = napta.scored({ ...defaultValues(napta), ...values }, 'published');
  return { ...whole, windows: [{ fromMs: 0, untilMs: TROUBLE.untilMs }], endMs: TROUBLE.untilMs };
}

export function named(id: string): Mitigation {
  return keysAtStart.find((mitigation) => mitigation.id === id)!;
}

export function run(scenario: Scenario, ids: readonly string[] = [], seed = 1): RecordView {
  return new RecordView(runScenario(applyAll(scenario, ids.map(named)), { seed }));
}

export function reasonIn(scenario: Scenario, id: string): string | undefined {
  const applied = named(id).apply(scenario);
  return isNotApplicable(applied) ? applied.notApplicable : undefined;
}

export function actionCount(view: RecordView, id: string): number {
  const noted = view.notes('mitigation.acted').filter(({ detail }) => detail['mitigation'] === id).length;
  return noted + view.total('mitigation.actions', { mitigation: id });
}

/** Disrupted user-minutes. */
export function harm(view: RecordView, span: { readonly fromMs: number; readonly untilMs: number } = TROUBLE): number {
  return view.disruptedUserMinutes(['users'], span);
}
