/** What somebody waits for who types `score all`: every mitigation on some incidents, on all cores, in one process. */
import { catalogue } from '../../bin/catalogue.ts';
import { planOf } from '../../bin/commands/score.ts';
import { makeRunner } from '../../bin/pool.ts';
import { runStages, type Staged } from '../../bin/stages.ts';
import { chosenSeeds } from '../../bin/stopping.ts';
import type { Task } from '../../bin/tasks.ts';
import { Campaign, digestOf, type ExperimentResult } from '../../simulator/experiment/index.ts';
import type { Sample } from '../sample.ts';
import { Stopwatch } from '../stopwatch.ts';

export interface ScoreJob {
  readonly incidents: readonly string[];
  /** None: all that there are. */
  readonly mitigations: readonly string[];
  readonly seedCount: number;
}

type ArmTask = Task & { readonly kind: 'arm' };

export async function scoreAll(job: ScoreJob): Promise<Sample> {
  const { seeds, stopping } = chosenSeeds({ seeds: String(job.seedCount) });
  const ids = job.mitigations.length === 0 ? catalogue.mitigations.map(({ id }) => id) : job.mitigations;
  const campaigns = catalogue.incidents
    .filter(({ id }) => job.incidents.includes(id))
    .map(
      (incident) => new Campaign(catalogue, { ...planOf(incident, ids, seeds, {}), incident: incident.id, stopping }),
    );
  let runCount = 0;
  const staged = campaigns.map((campaign): Staged<ArmTask> => {
    const next = (): readonly ArmTask[] => {
      const jobs = campaign.next();
      runCount += jobs.length;
      return jobs.map((arm) => ({ kind: 'arm', job: arm }));
    };
    return { next, take: (runs) => campaign.take(runs) };
  });
  const stopwatch = new Stopwatch();
  stopwatch.start();
  const runner = makeRunner({ taskCount: Infinity });
  await runStages(runner, staged, { label: 'scoring', quiet: true });
  await runner.close();
  stopwatch.stop();
  const results = campaigns.map((campaign) => campaign.result());
  return {
    ...(await stopwatch.read()),
    eventCount: 0,
    bytesPerClient: null,
    traceHash: digestOf(results.map(({ incidents }) => incidents.map(({ control }) => control.scored))),
    figures: { ...countsOf(results), runCount, peakBytes: process.resourceUsage().maxRSS * 1024 },
  };
}

function countsOf(results: readonly ExperimentResult[]): Readonly<Record<string, number>> {
  const arms = results.flatMap(({ incidents }) => incidents.flatMap((incident) => incident.arms));
  const stoppedCount = arms.filter(({ stoppedAfterPilot }) => stoppedAfterPilot === true).length;
  const absentCount = arms.filter(({ notApplicable }) => notApplicable !== undefined).length;
  const armCount = arms.length - absentCount - stoppedCount;
  return { incidentCount: results.length, armCount, stoppedCount, absentCount };
}
