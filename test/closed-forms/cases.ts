/** Which queues are compared with theory, and what theory says of each quantity that a run observes. */
import { erlangB, mm1k, mmc, pollaczekKhinchine } from './formulas.ts';
import type { Observation, QueueModel, RunLength } from './queue.ts';
import { deterministic, erlang2, exponential, hyperexponential, type ServiceTime } from './service-times.ts';

export type Expected = Partial<Record<keyof Observation, number>>;

export interface Case {
  readonly name: string;
  /** Beside a mean service time of one second. */
  readonly parameters: string;
  readonly model: QueueModel;
  readonly length: RunLength;
  readonly expected: Expected;
}

/** Queues that vary much are watched for longer. */
const SHORT: RunLength = { warmUpCount: 400, observedCount: 3000 };
const LONG: RunLength = { warmUpCount: 600, observedCount: 6000 };

/** Mean service time of all cases. */
export const SERVICE_MS = 1000;

function mmcCase(servers: number, perSecond: number, longWaitMs: number): Case {
  const figures = mmc(servers, perSecond / 1000, SERVICE_MS);
  return {
    name: `M/M/${servers}`,
    parameters: `λ = ${perSecond}/s`,
    model: {
      servers,
      queueLimit: Infinity,
      betweenMs: 1000 / perSecond,
      service: exponential(SERVICE_MS),
      longWaitMs,
    },
    length: LONG,
    expected: {
      waitMs: figures.wait,
      waitingRatio: figures.waitingRatio,
      longWaitRatio: figures.longerThan(longWaitMs),
      count: figures.count,
      littleGap: 0,
    },
  };
}

function mm1kCase(places: number, perSecond: number): Case {
  const { blockedRatio, count, wait } = mm1k(places, perSecond / 1000, SERVICE_MS);
  return {
    name: `M/M/1/${places}`,
    parameters: `λ = ${perSecond}/s`,
    model: {
      servers: 1,
      queueLimit: places - 1,
      betweenMs: 1000 / perSecond,
      service: exponential(SERVICE_MS),
      longWaitMs: Infinity,
    },
    length: SHORT,
    expected: { blockedRatio, count, waitMs: wait, littleGap: 0 },
  };
}

function mg1Case(name: string, service: ServiceTime, squaredVariation: number): Case {
  const perSecond = 0.6;
  const waitMs = pollaczekKhinchine(perSecond / 1000, SERVICE_MS, squaredVariation);
  const waitingRatio = (perSecond / 1000) * SERVICE_MS;
  return {
    name,
    parameters: `λ = ${perSecond}/s, c² = ${squaredVariation}`,
    model: { servers: 1, queueLimit: Infinity, betweenMs: 1000 / perSecond, service, longWaitMs: Infinity },
    length: squaredVariation > 1 ? LONG : SHORT,
    // An arrival has to wait when the server is busy, whatever the service times look like.
    expected: { waitMs, waitingRatio, count: (perSecond / 1000) * (waitMs + SERVICE_MS), littleGap: 0 },
  };
}

function lossCase(): Case {
  const [servers, perSecond] = [4, 3];
  const blockedRatio = erlangB(servers, perSecond);
  return {
    name: 'M/H₂/4/4',
    parameters: `λ = ${perSecond}/s, c² = 4`,
    model: {
      servers,
      queueLimit: 0,
      betweenMs: 1000 / perSecond,
      service: hyperexponential(SERVICE_MS, 4),
      longWaitMs: Infinity,
    },
    length: SHORT,
    expected: { blockedRatio, count: perSecond * (1 - blockedRatio), littleGap: 0 },
  };
}

export const CASES: readonly Case[] = [
  mmcCase(1, 0.7, 3000),
  mmcCase(8, 6.4, 500),
  mm1kCase(5, 0.9),
  mm1kCase(5, 1.25),
  mg1Case('M/D/1', deterministic(SERVICE_MS), 0),
  mg1Case('M/E₂/1', erlang2(SERVICE_MS), 0.5),
  mg1Case('M/H₂/1', hyperexponential(SERVICE_MS, 4), 4),
  lossCase(),
];
