/**
 * What a program outside this repository may use: a model of its own in virtual time (`simulate`), several hosts and a
 * network (`runScenario`), an incident with facts and measures (`replay`, `runTrial`), and the statistics to judge them by.
 */
export * from './contract/index.ts';
export type { Note, RunOptions, RunRecord, Series, Simulation, SimulationOptions, Step } from './virtual/index.ts';
export { runScenario, simulate } from './virtual/index.ts';
export type {
  Assumption,
  AssumptionResult,
  AssumptionValues,
  ExposureFinding,
  Fact,
  FactCheck,
  FactKind,
  FactResult,
  FactScope,
  FaultResult,
  Incident,
  IncidentClock,
  Measures,
  Mutation,
  ReplayInput,
  ReplayResult,
  RunFact,
  SweepFact,
  TimelineEntry,
  TimelineResult,
  Timetable,
  Trial,
  TrialInput,
  Verification,
} from './experiment/index.ts';
export {
  binomialBand,
  canonicalJson,
  digestOf,
  median,
  quantile,
  RecordView,
  replay,
  runTrial,
  verifyScenario,
  wilson,
} from './experiment/index.ts';
export { mean, sampleVariance } from './experiment/statistics/moments.ts';
export type { Confidence } from './experiment/statistics/normal.ts';
export { tInterval, type MeanInterval } from './experiment/statistics/t-interval.ts';
export type { WilsonInterval } from './experiment/statistics/wilson.ts';
