/** Ordinary people, for what a scenario file leaves out: plausible office workers, without a source but our own judgement. */

/** Relative eagerness by hour of the day: at work from eight to five. */
export const OFFICE_WEIGHTS: readonly number[] = [
  1, 1, 1, 1, 1, 2, 4, 10, 14, 14, 14, 13, 10, 13, 14, 13, 11, 7, 4, 3, 2, 2, 1, 1,
];
/** People sign in above all at the beginning of the working day. */
export const SIGN_IN_WEIGHTS: readonly number[] = [
  1, 1, 1, 1, 1, 2, 6, 22, 26, 14, 8, 7, 6, 8, 7, 6, 5, 4, 3, 2, 2, 1, 1, 1,
];
/** Share of people who come in each hour from six o'clock on. */
export const FIRST_HOUR = 6;
export const ARRIVALS_BY_HOUR: readonly number[] = [
  0.05, 0.13, 0.22, 0.22, 0.11, 0.07, 0.05, 0.05, 0.04, 0.03, 0.02, 0.01,
];

export const DEFAULT_REPORTS = { afterTroubles: 2, probability: 0.05, delayMedianMs: 1_200_000, delaySigma: 0.8 };

export const PAGE = { requestCount: 6, connectionCount: 6, crossedSubmitRatio: 0.25 };

export const PERSISTENCE = { quickTryCount: 3, waitMedianMs: 600_000, waitSigma: 0.1, roundCount: 3 };

export const OFFICE_HOURS = {
  onFromHour: 6.5,
  onUntilHour: 8,
  offFromHour: 16.5,
  offUntilHour: 19,
  alwaysOnRatio: 0.15,
};
