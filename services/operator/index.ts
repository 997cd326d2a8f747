/** Operations: people, alerts and the platform's hands. */
export * from './actions.ts';
export { autoCycle, type AutoCycleOptions } from './auto-cycle.ts';
export { burnRateAlert, type BurnRateAlertOptions, type BurnRateRule } from './burn-rate-alert.ts';
export { journeyProbe, type JourneyProbeOptions, type ProbeTargets } from './journey-probe.ts';
export type { LivenessOptions } from './liveness.ts';
export { growthAlert, probeAlert, type GrowthAlertOptions, type ProbeAlertOptions } from './monitor.ts';
export { operator } from './operator.ts';
export type { OperatorOptions, PageOptions, Recurrence, ReportDeskOptions } from './operator-options.ts';
export { orchestrator, type OrchestratorOptions } from './orchestrator.ts';
export { skewAlert, type SkewAlertOptions } from './skew-alert.ts';
