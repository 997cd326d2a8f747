/** What thresholds can be set for, and the unit of each limit. */

export interface Threshold {
  readonly sense: 'at-least' | 'at-most';
  readonly limit: number;
}

export type Unit = 'ratio' | 'count' | 'duration';

/** By measure, with the unit of its limit. */
export const MEASURE_UNITS = {
  servedRatio: 'ratio',
  signInSuccessRatio: 'ratio',
  authPeakRatio: 'ratio',
  disruptedUserMinutes: 'count',
  usersHit: 'count',
  failedIntentions: 'count',
  signOuts: 'count',
  forcedSignIns: 'count',
  rateLimited: 'count',
  pages: 'count',
  instancesWithFailures: 'count',
  timeToDetect: 'duration',
  timeToRecover: 'duration',
  goodLatencyP50: 'duration',
  goodLatencyP99: 'duration',
} as const satisfies Readonly<Record<string, Unit>>;

export type MeasureName = keyof typeof MEASURE_UNITS;
