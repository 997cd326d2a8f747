/** People with a console in the browser. */
import type { ReportOptions } from './spa-options.ts';

export interface ConsoleUsersOptions {
  readonly population: string;
  readonly userCount: number;
  readonly idp: string;
  readonly clientId: string;
  /** Host and path from which browsers fetch the key set. */
  readonly keysFrom: string;
  readonly keysPath: string;
  readonly operator: string;
  /** They come between these moments, each again and again: mean of the exponential time from one visit to the next. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly visitEveryMeanMs: number;
  /** How long somebody who gives up would have worked. */
  readonly visitMs: number;
  /** Patience with one request. */
  readonly patienceMs: number;
  /** Mean of the exponential pause after a failed sign-in. */
  readonly retryAfterMeanMs: number;
  readonly triesBeforeGivingUp: number;
  /** After so many failed tries of a visit, this share of people open a private window, which has an empty cache. */
  readonly privateWindowAfterTries: number;
  readonly privateWindowProbability: number;
  readonly reports: ReportOptions;
}
