/** What a run cost, unweighted and side by side. */
import type { Measures } from '../../simulator/experiment/index.ts';
import { duration, percent, whole } from './figures.ts';
import { hanging } from './wrap.ts';

/** Lines of `name: figure` pairs. */
export function measureLines(measures: Measures): string {
  const users =
    `${whole(measures.disruptedUserMinutes)} disrupted user-minutes, ${whole(measures.usersHit)} users hit, ` +
    `${whole(measures.failedIntentions)} of ${whole(measures.intentions)} intended actions failed at first, ` +
    `${whole(measures.signOuts)} forced sign-outs, ${whole(measures.forcedSignIns)} forced sign-ins, ` +
    `${orNone(measures.signInSuccessRatio, percent)} of all sign-ins succeeded`;
  const system =
    `${whole(measures.authRequests)} requests at the auth service, busiest minute ${percent(measures.authPeakRatio)} ` +
    `of its capacity, ${whole(measures.rateLimited)} turned away by a rate limit, ` +
    `${measures.instancesWithFailures} instances with failures`;
  const time =
    `detected ${measures.timeToDetectMs === null ? 'by nobody' : `after ${duration(measures.timeToDetectMs)}`}, ` +
    `${recovery(measures.timeToRecoverMs)}; good answers p50 ${orNone(measures.goodLatencyP50Ms, duration)}, ` +
    `p99 ${orNone(measures.goodLatencyP99Ms, duration)}`;
  return [...hanging('Users:  ', users), ...hanging('System: ', system), ...hanging('Time:   ', time)].join('\n');
}

function recovery(timeToRecoverMs: number | null): string {
  if (timeToRecoverMs === null) return 'still bad when the play ends';
  return timeToRecoverMs === 0 ? 'never bad' : `recovered after ${duration(timeToRecoverMs)}`;
}

function orNone(value: number | null, write: (value: number) => string): string {
  return value === null ? 'none' : write(value);
}
