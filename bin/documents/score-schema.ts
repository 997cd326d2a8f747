/** The document of `score`, for readers of other programs and for our own. */
import { z } from 'zod';
import { count, digest, finding, ids, measures, ratio, schemaVersion, seed, values } from './shapes.ts';

const points = z.number().min(-100).max(100);
const interval = z.looseObject({ mean: points, low: points, high: points });
const verdict = z.enum(['prevents', 'reduces', 'worsens', 'no effect', 'inconclusive']);

const means = z
  .looseObject(Object.fromEntries(Object.keys(measures.shape).map((name) => [name, z.number().nullable()])))
  .describe('Means over seeds; of a measure that some seed has not, over the others.');
const missing = z.record(z.string(), count).describe('On how many seeds a measure is missing.');

const collapse = z.looseObject({
  probability: ratio,
  low: ratio,
  high: ratio,
  bimodal: z.boolean(),
  thresholdUserMinutes: z.number(),
  collapsedMedianUserMinutes: z.number().nullable(),
  escapedMedianUserMinutes: z.number().nullable(),
});

const exposure = z.looseObject({
  word: z.enum(['within budget', 'exceeds budget', 'admits forged', 'not tested']),
  findings: z.array(finding),
  breaches: ids,
});

const price = z.looseObject({
  seedCount: count,
  extraRequests: z.number(),
  latencyP50Ms: z.number().nullable(),
  latencyP99Ms: z.number().nullable(),
  signIns: z.number(),
  refusals: z.number(),
  rateLimited: z.number(),
  falsePages: z.number(),
  signOuts: z.number(),
  disruptedUserMinutes: z.number(),
});

const mitigation = z.looseObject({
  id: z.string(),
  sentence: z.string(),
  status: z.enum(['scored', 'not-engaged', 'n/a']),
  reason: z.string().exactOptional(),
  actions: z.looseObject({ count, seedCount: count }),
  score: interval.nullable().describe('Points from −100 to 100; held to at most 0 unless exposure is within budget.'),
  scoreBeforeCap: interval.exactOptional(),
  scoreByReports: interval.nullable(),
  verdict: verdict.nullable(),
  collapse: collapse.nullable(),
  measures: means.nullable(),
  measuresMissing: missing,
  measuresByReports: means.nullable(),
  price: price.nullable().describe('The arm less its control on fair-weather days.'),
  exposure: exposure.nullable(),
});

const scenario = z.looseObject({
  id: z.string(),
  title: z.string(),
  seeds: z.array(seed).min(1),
  status: z.enum(['scored', 'inconclusive']),
  reason: z.string().exactOptional(),
  assumptions: values,
  control: z.looseObject({
    measures: means,
    measuresMissing: missing,
    measuresByReports: means.nullable(),
    collapse,
    exposure,
  }),
  mitigations: z.array(mitigation),
});

export const scoreSchema = z.looseObject({
  schemaVersion,
  kind: z.literal('score'),
  seeds: z.array(seed).min(1),
  scenarios: z.array(scenario),
  digest,
});
