/** The alerts of a scenario file as hosts of the model. What the file leaves out is common black-box and burn-rate practice. */
import { cast, type HostSpec } from '../../../simulator/contract/index.ts';
import { BEARER_REQUESTS, METRICS_PATH, UNAUTHORIZED, VALID_REFUSED } from '../../../services/backend/index.ts';
import {
  burnRateAlert,
  growthAlert,
  journeyProbe,
  probeAlert,
  skewAlert,
  type BurnRateRule,
  type ProbeTargets,
} from '../../../services/operator/index.ts';
import { DEFAULT_TEST } from '../../../services/sequential-test.ts';
import type { CheckedAlert } from '../schema/scenario.ts';
import type { Stage } from './stage.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The Site Reliability Workbook, chapter 5, table 5-8, the rows that page. */
const BURN_RULES: readonly BurnRateRule[] = [
  { burnRate: 14.4, longMs: HOUR_MS, shortMs: 5 * MINUTE_MS },
  { burnRate: 6, longMs: 6 * HOUR_MS, shortMs: 30 * MINUTE_MS },
];

type Of<K extends CheckedAlert['kind']> = Extract<CheckedAlert, { readonly kind: K }>;

/** What an alert is called, whom it pages, and under which name its acts are counted. */
interface Common {
  readonly alert: string;
  readonly operator: 'operator';
  readonly actedAs: string;
}

export function alerts(stage: Stage): readonly HostSpec[] {
  return Object.entries(stage.document.alerts ?? {}).map(([name, alert]) => {
    const place = { name: `alert-${name}`, pool: 'monitoring' };
    const common: Common = { alert: name, operator: 'operator', actedAs: `alert/${name}` };
    switch (alert.kind) {
      case 'probe':
        return cast({ ...place, role: probeAlert, options: probeOptions(alert, common) });
      case 'growth':
        return cast({ ...place, role: growthAlert, options: growthOptions(alert, common) });
      case 'burn-rate':
        return cast({ ...place, role: burnRateAlert, options: burnOptions(alert, common) });
      case 'skew':
        return cast({ ...place, role: skewAlert, options: skewOptions(alert, common) });
      case 'journey':
        return cast({ ...place, role: journeyProbe, options: journeyOptions(stage, alert, common) });
    }
  });
}

function probeOptions(alert: Of<'probe'>, common: Common) {
  const { host, method = 'GET', path, body, passes = ['2xx' as const], aboutDependency = false } = alert;
  const { periodMs = MINUTE_MS, timeoutMs = 5_000, failuresInRow = 3 } = alert;
  const target = { host, method, path, ...(body === undefined ? {} : { body }) };
  return { ...common, target, periodMs, timeoutMs, passes, failuresInRow, aboutDependency };
}

function growthOptions(alert: Of<'growth'>, common: Common) {
  const { kind: _kind, path = METRICS_PATH, periodMs = MINUTE_MS, badPeriodsInRow = 3, ...rest } = alert;
  return { ...common, ...rest, path, periodMs, badPeriodsInRow };
}

function burnOptions(alert: Of<'burn-rate'>, common: Common) {
  const { pools, counts = 'valid-tokens', objectiveRatio = 0.999, rules = BURN_RULES, periodMs = MINUTE_MS } = alert;
  const badMember = counts === 'valid-tokens' ? VALID_REFUSED : UNAUTHORIZED;
  const reading = { path: METRICS_PATH, badMember, totalMember: BEARER_REQUESTS };
  return { ...common, ...reading, pools, objectiveRatio, rules, periodMs };
}

function skewOptions(alert: Of<'skew'>, common: Common) {
  const { pools, maxSkewedRatio = 0.5, periodMs = MINUTE_MS } = alert;
  const reading = { path: METRICS_PATH, badMember: UNAUTHORIZED, totalMember: BEARER_REQUESTS };
  return { ...common, ...reading, ...DEFAULT_TEST, pools, maxSkewedRatio, periodMs };
}

function journeyOptions(stage: Stage, alert: Of<'journey'>, common: Common) {
  const { through, pools, idp, path, passes = ['2xx' as const] } = alert;
  const { periodMs = MINUTE_MS, timeoutMs = 5_000, failuresInRow = 3 } = alert;
  const targets: ProbeTargets = pools === undefined ? { edges: stage.doors(through) } : { pools };
  const signIn = idp === undefined ? { kind: 'cookie' as const } : { kind: 'token' as const, idp };
  return { ...common, targets, signIn, path, passes, periodMs, timeoutMs, failuresInRow };
}
