/** Shapes that several documents share. Objects stay open: a newer version may add members, and a reader keeps them. */
import { z } from 'zod';
import type {
  AssumptionResult,
  ExposureFinding,
  FactResult,
  FaultResult,
  Measures,
  SweptFact,
  TimelineResult,
} from '../../simulator/experiment/index.ts';

export const schemaVersion = z
  .literal(1)
  .describe('Raised when a member changes its meaning or goes; new members do not raise it.');
export const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 over canonical JSON.');
export const seed = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
export const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
export const ids = z.array(z.string());
export const values = z.record(z.string(), z.number());
export const momentMs = z.number().describe('Milliseconds of the scenario.');
export const clockText = z.string().describe('On the incident’s own clock.');
export const ratio = z.number().min(0).max(1);
export const detail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

export const factKind = z.enum(['stated', 'inferred', 'fitted', 'input', 'annotation']);
export const factScope = z.enum(['run', 'sweep']);
export const status = z.enum(['holds', 'fails', 'inconclusive']);

const factCommon = {
  id: z.string(),
  kind: factKind,
  scope: factScope,
  report: z.string().describe('The report’s own words, shortened.'),
  fittedBy: ids.exactOptional(),
  holds: z.boolean().nullable().describe('null where it cannot be told.'),
  expected: z.string(),
  observed: z.string(),
  tolerance: z.string(),
};

export const fact = z.looseObject({
  ...factCommon,
  history: z
    .looseObject({ change: z.enum(['kept', 'changed']), holds: z.boolean().nullable(), observed: z.string() })
    .exactOptional(),
}) satisfies z.ZodType<FactResult>;

export const sweptFact = z.looseObject({
  ...factCommon,
  heldCount: count.exactOptional(),
  failedSeeds: z.array(seed).exactOptional(),
  example: z.looseObject({ seed, observed: z.string() }).exactOptional(),
  minimumSeeds: count.exactOptional(),
}) satisfies z.ZodType<SweptFact>;

export const assumption = z.looseObject({
  id: z.string(),
  value: z.number(),
  unit: z.string(),
  low: z.number(),
  high: z.number(),
  sentence: z.string(),
}) satisfies z.ZodType<AssumptionResult>;

export const timelineEntry = z.looseObject({
  atMs: momentMs,
  at: clockText,
  kind: z.enum(['input', 'annotation']),
  text: z.string(),
}) satisfies z.ZodType<TimelineResult>;

export const fault = z.looseObject({
  id: z.string(),
  sentence: z.string(),
  fromMs: momentMs,
  untilMs: momentMs,
  from: clockText,
  until: clockText,
  hits: count,
}) satisfies z.ZodType<FaultResult>;

export const finding = z.looseObject({
  kind: z.string(),
  admittedCount: count,
  attemptedCount: count,
  longestAdmittedMs: z.number().min(0),
}) satisfies z.ZodType<ExposureFinding>;

export const clock = z.looseObject({
  zone: z.string(),
  utcOffsetMinutes: z.number(),
  startsAt: z.string(),
  t0Ms: momentMs,
});

const amount = z.number().min(0);

export const measures = z.looseObject({
  disruptedUserMinutes: amount,
  usersHit: amount,
  intentions: amount,
  failedIntentions: amount,
  forcedSignIns: amount,
  signOuts: amount,
  signIns: amount,
  signInSuccessRatio: z.number().nullable(),
  authRequests: amount,
  authPeakRatio: amount,
  rateLimited: amount,
  pages: amount,
  timeToDetectMs: amount.nullable(),
  timeToRecoverMs: amount.nullable(),
  goodLatencyP50Ms: amount.nullable(),
  goodLatencyP99Ms: amount.nullable(),
  instancesWithFailures: amount,
}) satisfies z.ZodType<Measures>;
