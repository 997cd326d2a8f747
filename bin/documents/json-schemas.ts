/** The JSON Schemas of result documents, as the package ships them in schemas/: for other programs that read our files. */
import { z } from 'zod';
import { explanationSchema, replaySchema, sweepSchema } from './replay-schema.ts';
import { comparisonSchema } from './comparison-schema.ts';
import { reportSchema } from './report-schema.ts';
import { scoreSchema } from './score-schema.ts';

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  replay: replaySchema,
  sweep: sweepSchema,
  explain: explanationSchema,
  score: scoreSchema,
  report: reportSchema,
  comparison: comparisonSchema,
};

/** By kind of document; draft 2020-12. */
export function documentJsonSchemas(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const entries = Object.entries(SCHEMAS).map(([kind, schema]) => {
    const { $schema, ...rest } = z.toJSONSchema(schema, { reused: 'ref' });
    return [kind, { $schema, title: `authdrill ${kind} document`, ...rest }] as const;
  });
  return Object.fromEntries(entries);
}
