/** Users of a single-page application that calls an API with bearer tokens. */

export interface SpaOptions {
  readonly population: string;
  readonly userCount: number;
  /** Router in front of the API, identity provider, where reports go. */
  readonly edge: string;
  readonly idp: string;
  readonly operator: string;
  readonly clientId: string;
  /** Users arrive evenly over [arriveFromMs, arriveUntilMs]. */
  readonly arriveFromMs: number;
  readonly arriveUntilMs: number;
  /** When they leave: mean and standard deviation of a normal, never before arrival. */
  readonly leaveMeanMs: number;
  readonly leaveSdMs: number;
  /** Mean of an exponential visit; when given, users stay so long from their arrival, and `leave…` are not looked at. */
  readonly visitMeanMs?: number;
  /** Mean of the exponential time between two actions of a user. */
  readonly actionMeanMs: number;
  /** A call not answered in this time is a failed action. */
  readonly patienceMs: number;
  /** What a sign-in takes of the user: median of a log-normal with sigma 0.4. */
  readonly signInEffortMs: number;
  /** Failed attempts at one action after which the user gives up until the planned visit ends. */
  readonly giveUpAfterAttempts: number;
  readonly reports: ReportOptions;
}

export interface ReportOptions {
  /** Sign-outs or failures after which a user may write to support. */
  readonly afterTroubles: number;
  /** Share of such users who do. */
  readonly probability: number;
  /** From the last straw to the report: median and sigma of a log-normal. */
  readonly delayMedianMs: number;
  readonly delaySigma: number;
}
