/** The published incidents under random assumptions, few people and few machines each, so that a run takes a moment. */
import { integer, record, constant, double, type Arbitrary } from 'fast-check';
import { cytracom } from '../../scenarios/cytracom-2021-03-16/incident.ts';
import { napta } from '../../scenarios/napta-2025-12-19/incident.ts';
import { uniflow } from '../../scenarios/uniflow-2024-09-09/incident.ts';
import type { AssumptionValues, Incident } from '../../simulator/experiment/index.ts';
import type { Mitigation } from '../../simulator/contract/index.ts';
import {
  assemble,
  jobsOf,
  runJob,
  type ExperimentPlan,
  type ExperimentResult,
} from '../../simulator/experiment/index.ts';

export interface SmallIncident {
  readonly incident: Incident;
  readonly assumptions: Arbitrary<AssumptionValues>;
}

const minutes = (from: number, to: number): Arbitrary<number> => integer({ min: from * 60_000, max: to * 60_000 });
const share = double({ min: 0, max: 1, noNaN: true });

export const SMALL_INCIDENTS: readonly SmallIncident[] = [
  {
    incident: napta,
    assumptions: record({
      instances: integer({ min: 4, max: 8 }),
      startedInside: integer({ min: 1, max: 3 }),
      users: integer({ min: 20, max: 40 }),
      actionMeanMs: minutes(2, 10),
      outageUntilMs: minutes(1, 30),
      giveUpAfterAttempts: integer({ min: 2, max: 8 }),
      reportProbability: share,
      rightActionProbability: share,
      tokenLifetimeMs: minutes(5, 180),
    }),
  },
  {
    incident: cytracom,
    assumptions: record({
      scale: constant(0.5),
      oldClients: integer({ min: 10, max: 60 }),
      fixedClients: integer({ min: 0, max: 40 }),
      retryMs: minutes(0.5, 1),
      serviceMs: integer({ min: 200, max: 2_000 }),
      signInsPerDay: integer({ min: 50, max: 200 }),
      portalOperationsPerDay: constant(20),
      foregroundActionsPerDay: constant(50),
      callsPerDay: constant(50),
      rightActionProbability: share,
    }),
  },
  {
    incident: uniflow,
    assumptions: record({
      stamps: integer({ min: 4, max: 6 }),
      stampsTouched: integer({ min: 1, max: 4 }),
      rolesPerStamp: integer({ min: 2, max: 4 }),
      users: integer({ min: 40, max: 80 }),
      admins: constant(20),
      tenants: constant(32),
      otherUsers: constant(10),
      requestsPerPage: integer({ min: 1, max: 4 }),
      connectionsPerBrowser: integer({ min: 1, max: 3 }),
      crossedSubmitRatio: share,
      rounds: integer({ min: 1, max: 4 }),
      rightActionProbability: share,
    }),
  },
];

/** An experiment with these arms on two seeds. */
export function experimentOn(
  incident: Incident,
  assumptions: AssumptionValues,
  mitigations: readonly Mitigation[],
  alsoByReports: boolean,
): ExperimentResult {
  const catalogue = { incidents: [incident], mitigations };
  const plan: ExperimentPlan = {
    incidents: [incident.id],
    mitigations: mitigations.map(({ id }) => id),
    seeds: [1, 2],
    byReportsSeeds: alsoByReports ? [1] : [],
    fairWeatherSeeds: [],
    assumptions,
  };
  const runs = jobsOf(catalogue, plan).map((job) => runJob(catalogue, job));
  return assemble(catalogue, plan, runs);
}
