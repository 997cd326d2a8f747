/** What a child process can be asked to run, in words that go through a command line. */
import type { Sample } from './sample.ts';
import { closedLoop } from './workloads/closed-loop.ts';
import { holdModel, type QueueStructure } from './workloads/event-queue.ts';
import { idleClients } from './workloads/idle-clients.ts';
import { replayIncident } from './workloads/incident-replay.ts';
import { mm8 } from './workloads/m-m-8.ts';
import { scoreAll, type ScoreJob } from './workloads/score-all.ts';
import { runTimed } from './workloads/timed-run.ts';

export type Job =
  | { readonly kind: 'm-m-8'; readonly seed: number; readonly warmUpCount: number; readonly customerCount: number }
  | {
      readonly kind: 'closed-loop';
      readonly seed: number;
      readonly clientCount: number;
      readonly warmUpMs: number;
      readonly measuredMs: number;
    }
  | { readonly kind: 'idle-clients'; readonly seed: number; readonly clientCount: number }
  | {
      readonly kind: 'hold-model';
      readonly seed: number;
      readonly structure: QueueStructure;
      readonly pendingCount: number;
      readonly holdCount: number;
    }
  | {
      readonly kind: 'replay';
      readonly seed: number;
      readonly incident: string;
      readonly assumptions: Readonly<Record<string, number>>;
    }
  | ({ readonly kind: 'score'; readonly seed: number } & ScoreJob);

export function perform(job: Job): Promise<Sample> {
  const { seed } = job;
  switch (job.kind) {
    case 'm-m-8':
      return runTimed(mm8(seed, job.warmUpCount, job.customerCount));
    case 'closed-loop':
      return runTimed(closedLoop(seed, job.clientCount, job.warmUpMs, job.measuredMs));
    case 'idle-clients':
      return idleClients(seed, job.clientCount);
    case 'hold-model':
      return holdModel(seed, job.structure, job.pendingCount, job.holdCount);
    case 'replay':
      return replayIncident(job.incident, seed, job.assumptions);
    case 'score':
      return scoreAll(job);
  }
}
