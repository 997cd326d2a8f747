// The two confidence levels in use and their normal quantiles, as literals: a quantile computed at run time would
// need ln.

/** Two-sided confidence levels offered: 0.95 for estimates, 0.99 for the tolerance of a fact. */
export type Confidence = 0.95 | 0.99;

/**
 * z such that a standard normal lies in [-z, z] with probability `confidence`.
 *
 * Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1, carried to the precision of a double.
 *
 * @throws TypeError when `confidence` is neither 0.95 nor 0.99 (reachable from untyped code only).
 */
export function normalCritical(confidence: Confidence): number {
  switch (confidence) {
    case 0.95:
      return 1.959963984540054;
    case 0.99:
      return 2.5758293035489008;
    default:
      throw new TypeError(`confidence must be 0.95 or 0.99, got ${String(confidence)}: pass one of the two.`);
  }
}
