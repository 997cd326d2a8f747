/** People who use a web application in a browser, with a session cookie, over a few keep-alive connections. */
import type { ReportOptions } from './spa-options.ts';

export interface BrowserSessionOptions {
  readonly population: string;
  readonly userCount: number;
  /** User u belongs to tenant u mod tenantCount, which lives on edge (tenant mod number of edges). */
  readonly tenantCount: number;
  /** Load balancers, one in front of each group of instances. */
  readonly edges: readonly string[];
  readonly operator: string;
  /** When people come: each of them once a day at most. In order, not overlapping. */
  readonly days: readonly VisitDay[];
  /** How long somebody means to stay: mean of an exponential. */
  readonly visitMeanMs: number;
  /** Between two planned pages of a visit: mean of an exponential. */
  readonly pageMeanMs: number;
  readonly page: PageOptions;
  /** A request not answered in this time has failed. */
  readonly patienceMs: number;
  /** From the login form to its submission: median of a log-normal with sigma 0.4. */
  readonly signInEffortMs: number;
  readonly persistence: PersistenceOptions;
  readonly reports: ReportOptions;
  /** Where the application sends its users to sign in, when that is not a form of its own. */
  readonly signOn?: SignOnOptions;
}

/** Sign-ins at an identity provider that keeps a session of its own. */
export interface SignOnOptions {
  readonly idp: string;
  readonly clientId: string;
  /** Renewals without a page in a row, of one page, before the browser stops following redirects. */
  readonly renewalLimit: number;
  /** The mitigation: it acts each time that a session is begun anew without a login page. */
  readonly actedAs: string;
}

export interface VisitDay {
  /** Nobody is there outside [fromMs, untilMs]. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly arrivals: readonly Arrivals[];
}

/** A share of the population comes evenly over [fromMs, untilMs]. Shares of a day sum to 1 at most; the rest stays away. */
export interface Arrivals {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly ratio: number;
}

export interface PageOptions {
  /** Requests that make up a page: the first is the document. */
  readonly requestCount: number;
  /** Keep-alive connections of a browser: the document takes the first, the rest take turns from the last downwards. */
  readonly connectionCount: number;
  /** Share of login forms that are submitted over another connection than they came by: browsers take an idle one. */
  readonly crossedSubmitRatio: number;
}

/** What people do when a page does not come: try at once some times, wait, and begin again, some rounds. */
export interface PersistenceOptions {
  readonly quickTryCount: number;
  /** Between rounds: median and sigma of a log-normal. */
  readonly waitMedianMs: number;
  readonly waitSigma: number;
  readonly roundCount: number;
}
