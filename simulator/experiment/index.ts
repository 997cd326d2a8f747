/** How a play is run and measured, and the documents that come of it. */
export * from './arms.ts';
export { canonicalJson, digestOf } from './canonical.ts';
export { askedMoments, explain, type ExplainInput } from './explain.ts';
export type * from './explanation.ts';
export type { ExposureFinding } from './exposure.ts';
export * from './incident.ts';
export type { Measures } from './measures.ts';
export { RecordView, type Span } from './record-view.ts';
export { assumptionResults, comparedWithHistory, replay, type ReplayInput } from './replay.ts';
export * from './result.ts';
export * from './sweep.ts';
export * from './trial.ts';
export * from './verify.ts';
export { clockTime } from './wall-clock.ts';
export { binomialBand } from './statistics/binomial-band.ts';
export { quantile, median } from './statistics/quantile.ts';
export { wilson } from './statistics/wilson.ts';
