/** Operations: people, alerts and the platform's hands. */
export * from './actions.ts';
export { autoCycle, type AutoCycleOptions } from './auto-cycle.ts';
export { growthAlert, probeAlert, type GrowthAlertOptions, type ProbeAlertOptions } from './monitor.ts';
export { operator, type OperatorOptions, type PageOptions, type Recurrence } from './operator.ts';
export { orchestrator, type OrchestratorOptions } from './orchestrator.ts';
