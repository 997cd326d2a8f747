/** The documents of `replay` and `explain`, for readers of other programs and for our own. */
import { z } from 'zod';
import type { Explanation, ReplayResult, SweepResult } from '../../simulator/experiment/index.ts';
import {
  assumption,
  clock,
  clockText,
  count,
  detail,
  digest,
  fact,
  fault,
  finding,
  ids,
  measures,
  momentMs,
  schemaVersion,
  seed,
  status,
  sweptFact,
  timelineEntry,
  values,
} from './shapes.ts';

const about = { schemaVersion, scenario: z.string(), title: z.string(), mitigations: ids };

export const replaySchema = z.looseObject({
  ...about,
  kind: z.literal('replay'),
  mode: z.enum(['historical', 'counterfactual']),
  seed,
  status,
  facts: z.array(fact),
  assumptions: z.array(assumption),
  inputs: z.array(timelineEntry),
  measures,
  exposure: z.array(finding),
  faults: z.array(fault),
  clock,
  eventCount: count,
  traceHash: z.string(),
  digest,
}) satisfies z.ZodType<ReplayResult>;

export const sweepSchema = z.looseObject({
  ...about,
  kind: z.literal('sweep'),
  mode: z.literal('historical'),
  seeds: z.array(seed).min(1),
  status,
  facts: z.array(sweptFact),
  assumptions: z.array(assumption),
  unfeltFaults: z.array(z.looseObject({ id: z.string(), seeds: z.array(seed) })),
  digest,
}) satisfies z.ZodType<SweepResult>;

const dated = { atMs: momentMs, at: clockText };

const failure = z.looseObject({
  ...dated,
  method: z.string(),
  path: z.string(),
  outcome: z.string(),
  culprit: z.string(),
  steps: z.array(
    z.looseObject({
      ...dated,
      host: z.string(),
      text: z.string(),
      depth: count,
      outcome: z.string().exactOptional(),
      durationMs: z.number().nullable().exactOptional(),
    }),
  ),
  instance: z.looseObject({
    host: z.string(),
    startedAtMs: momentMs,
    startedAt: clockText,
    notes: z.array(z.looseObject({ ...dated, host: z.string(), kind: z.string(), detail })),
  }),
  faults: z.array(
    z.looseObject({
      id: z.string(),
      sentence: z.string(),
      from: clockText,
      until: clockText,
      feltBy: z.enum(['request', 'instance']),
    }),
  ),
  authLoad: z.looseObject({ requestsInMinute: z.number(), capacityRatio: z.number() }),
});

export const explanationSchema = z.looseObject({
  ...about,
  kind: z.literal('explain'),
  mode: z.enum(['historical', 'counterfactual']),
  seed,
  assumptions: values,
  user: z.string(),
  asked: z.string().nullable(),
  failure: failure.nullable(),
  failedCallCount: count,
  callCount: count,
  day: z.array(z.looseObject({ ...dated, until: clockText, text: z.string(), count, good: z.boolean() })),
  othersHit: ids,
  othersHitCount: count,
  traceHash: z.string(),
  digest,
}) satisfies z.ZodType<Explanation>;
