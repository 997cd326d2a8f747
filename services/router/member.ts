/** One instance as a router knows it, and for how long it stays out when it is ejected. */
import type { EjectionTime } from './options.ts';

export interface Member {
  readonly name: string;
  healthy: boolean;
  /** Taken out by an administrator; back when the checks have seen it down and up again. */
  drained: boolean;
  passedCount: number;
  failedCount: number;
  badAnswerCount: number;
  ejectedUntilMs: number;
  /** Ejections not forgiven yet. */
  ejectionCount: number;
}

export function newMember(name: string, healthy: boolean): Member {
  return {
    name,
    healthy,
    drained: false,
    passedCount: 0,
    failedCount: 0,
    badAnswerCount: 0,
    ejectedUntilMs: 0,
    ejectionCount: 0,
  };
}

/** Takes it out from now on: longer each time, where the rule says so. */
export function eject(member: Member, time: EjectionTime, nowMs: number): void {
  const { ejectMs, maxEjectMs = ejectMs, forgiveMs = Infinity } = time;
  const forgiven = Math.floor((nowMs - member.ejectedUntilMs) / forgiveMs);
  member.ejectionCount = Math.max(0, member.ejectionCount - forgiven) + 1;
  member.badAnswerCount = 0;
  member.ejectedUntilMs = nowMs + Math.min(maxEjectMs, ejectMs * member.ejectionCount);
}
