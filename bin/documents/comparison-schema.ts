/** The document of `compare`, for readers of other programs. */
import { z } from 'zod';
import type { Comparison } from '../../reports/compare/comparison.ts';
import { digest, schemaVersion } from './shapes.ts';

export const comparisonSchema = z.looseObject({
  schemaVersion,
  kind: z.literal('comparison'),
  before: digest,
  after: digest,
  inputs: z.array(z.string()),
  word: z.enum(['PASS', 'FAIL', 'INCONCLUSIVE']),
  rows: z.array(
    z.looseObject({
      incident: z.string(),
      what: z.enum(['fact', 'control', 'mitigation', 'exposure']),
      id: z.string(),
      word: z.enum(['worse', 'unclear', 'better', 'changed', 'new', 'gone', 'same']),
      before: z.string(),
      after: z.string(),
      difference: z
        .looseObject({
          points: z.number(),
          low: z.number(),
          high: z.number(),
          basis: z.enum(['paired seeds', 'two intervals']),
        })
        .exactOptional(),
    }),
  ),
}) satisfies z.ZodType<Comparison>;
