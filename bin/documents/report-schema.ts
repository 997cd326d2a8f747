/** The document of `report`, for readers of other programs and for our own. */
import { z } from 'zod';
import { explanationSchema, replaySchema, sweepSchema } from './replay-schema.ts';
import { scoreSchema } from './score-schema.ts';
import { clock, clockText, count, detail, digest, ids, momentMs, schemaVersion, seed } from './shapes.ts';

const perBin = z.array(z.number()).describe('One for each bin.');

export const pictureSchema = z.looseObject({
  schemaVersion,
  kind: z.literal('picture'),
  scenario: z.string(),
  seed,
  mitigations: ids,
  traceHash: z.string(),
  clock,
  t0Ms: momentMs,
  t0: clockText,
  publishedEndMs: momentMs,
  publishedEnd: clockText,
  binMinutes: z.number(),
  stretches: z
    .array(
      z.looseObject({
        fromMs: momentMs,
        untilMs: momentMs,
        from: clockText,
        until: clockText,
        firstBin: count,
        binCount: count,
        ticks: z.array(z.looseObject({ atMs: momentMs, text: z.string() })),
      }),
    )
    .min(1),
  bins: z.array(z.looseObject({ fromMs: momentMs, untilMs: momentMs, at: clockText })).min(1),
  intentions: perBin,
  failedIntentions: perBin,
  disruptedUsers: perBin,
  authLoad: z.looseObject({ requests: perBin, capacityPerSecond: z.number() }),
  instances: z.array(
    z.looseObject({
      instance: z.string(),
      attempts: perBin,
      failed: perBin,
      failures: z.array(z.looseObject({ outcome: z.string(), count })),
    }),
  ),
  marks: z.array(
    z.looseObject({
      lane: z.enum(['instances', 'platform', 'edge', 'monitor', 'operator', 'mitigation']),
      kind: z.string(),
      fromMs: momentMs,
      untilMs: momentMs,
      from: clockText,
      until: clockText,
      count,
      hosts: ids,
      hostCount: count,
      detail,
    }),
  ),
});

const band = z.looseObject({ low: z.number(), median: z.number(), high: z.number() });
const bands = z.array(z.looseObject({ served: band.nullable(), authPerMinute: band }));

const incident = z.looseObject({
  id: z.string(),
  title: z.string(),
  sentence: z.string(),
  sweep: sweepSchema,
  replay: replaySchema,
  explanation: explanationSchema,
  picture: pictureSchema,
  bands: z.looseObject({
    seeds: z.array(seed).min(1),
    mitigation: z.string().nullable(),
    control: bands,
    mitigated: bands.nullable(),
  }),
  isOwn: z.literal(true).exactOptional(),
  thresholds: z
    .array(
      z.looseObject({
        measure: z.string(),
        verdict: z.enum(['PASS', 'FAIL', 'INCONCLUSIVE']),
        expected: z.string(),
        observed: z.string(),
      }),
    )
    .exactOptional(),
  commands: z.looseObject({ replay: z.string(), explain: z.string() }),
});

export const reportSchema = z.looseObject({
  schemaVersion,
  kind: z.literal('report'),
  tool: z.looseObject({ name: z.string(), version: z.string() }),
  verdict: z.looseObject({ word: z.enum(['PASS', 'FAIL', 'INCONCLUSIVE']), reasons: z.array(z.string()) }),
  seeds: z.array(seed).min(1),
  incidents: z.array(incident).min(1),
  score: scoreSchema.nullable(),
  runs: z.looseObject({ columns: ids, rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))) }).nullable(),
  again: z.string(),
  digest,
});
