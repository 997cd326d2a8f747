/**
 * What queueing theory says, in closed form. Times are in the unit of the service time handed in. Sources: L. Kleinrock,
 * Queueing Systems, vol. 1 (1975), chapters 3 and 5; A. K. Erlang (1917) for B and C; J. D. C. Little (1961).
 */

/** P(all servers busy) where nobody waits: a offered load in erlangs, by the recursion B(k) = a B(k−1) / (k + a B(k−1)). */
export function erlangB(servers: number, load: number): number {
  let blocking = 1;
  for (let k = 1; k <= servers; k++) blocking = (load * blocking) / (k + load * blocking);
  return blocking;
}

/** P(an arrival has to wait) in M/M/c. */
export function erlangC(servers: number, load: number): number {
  const blocking = erlangB(servers, load);
  return blocking / (1 - (load / servers) * (1 - blocking));
}

export interface WaitingFigures {
  /** P(an arrival has to wait). */
  readonly waitingRatio: number;
  /** Mean time in the queue. */
  readonly wait: number;
  /** Mean number in the system. */
  readonly count: number;
  /** P(the wait is longer than t), first come first served. */
  readonly longerThan: (time: number) => number;
}

/** M/M/c, first come first served; M/M/1 with one server. */
export function mmc(servers: number, arrivalRate: number, meanService: number): WaitingFigures {
  const load = arrivalRate * meanService;
  const spareRate = servers / meanService - arrivalRate;
  const waitingRatio = erlangC(servers, load);
  const wait = waitingRatio / spareRate;
  return {
    waitingRatio,
    wait,
    count: load + arrivalRate * wait,
    longerThan: (time) => waitingRatio * Math.exp(-spareRate * time),
  };
}

export interface BoundedFigures {
  /** P(an arrival finds the system full). */
  readonly blockedRatio: number;
  readonly count: number;
  /** Mean time in the queue of those who were let in. */
  readonly wait: number;
}

/** M/M/1/K: room for `places` customers, the one in service included. */
export function mm1k(places: number, arrivalRate: number, meanService: number): BoundedFigures {
  const weights = Array.from({ length: places + 1 }, (_, n) => (arrivalRate * meanService) ** n);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const blockedRatio = weights[places]! / total;
  const count = weights.reduce((sum, weight, n) => sum + n * weight, 0) / total;
  return { blockedRatio, count, wait: count / (arrivalRate * (1 - blockedRatio)) - meanService };
}

/** M/G/1 by Pollaczek and Khinchine: λ E[S²] / (2 (1 − ρ)), with E[S²] = (1 + c²) E[S]² for a coefficient of variation c. */
export function pollaczekKhinchine(arrivalRate: number, meanService: number, squaredVariation: number): number {
  const load = arrivalRate * meanService;
  return (arrivalRate * (1 + squaredVariation) * meanService * meanService) / (2 * (1 - load));
}
