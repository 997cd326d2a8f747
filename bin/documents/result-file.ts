/** Reads a document that `--output` wrote, and says in one sentence what is wrong with one that is none. */
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../exit.ts';
import { isScenarioPath } from '../scenario-file/registry.ts';
import { replaySchema, sweepSchema } from './replay-schema.ts';
import { reportSchema } from './report-schema.ts';
import { scoreSchema } from './score-schema.ts';
import type { ReportDocument } from '../../reports/report-document.ts';
import type { ScoreResult } from '../../reports/score/score-document.ts';
import { SCHEMA_VERSION, type ReplayResult, type SweepResult } from '../../simulator/experiment/index.ts';

export type ResultDocument = ReplayResult | SweepResult | ScoreResult | ReportDocument;

/** What has passed its schema is taken as it came: members that the schema does not know, and their order, stay. */
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  replay: replaySchema,
  sweep: sweepSchema,
  score: scoreSchema,
  report: reportSchema,
};

const REMEDY = 'Give a file that replay, score or report wrote with --output.';

/** Whether an argument means a file rather than a name. */
export function namesResultFile(argument: string): boolean {
  if (isScenarioPath(argument)) return false;
  return argument.endsWith('.json') || statSync(argument, { throwIfNoEntry: false })?.isFile() === true;
}

/** @throws UsageError for a file that cannot be read, or holds no document of replay, score or report */
export function readResult(path: string): ResultDocument {
  const value = parsed(path);
  const { kind, schemaVersion } = z
    .looseObject({ kind: z.unknown(), schemaVersion: z.unknown() })
    .catch({ kind: '', schemaVersion: '' })
    .parse(value);
  const schema = typeof kind === 'string' && Object.hasOwn(SCHEMAS, kind) ? SCHEMAS[kind] : undefined;
  if (schema === undefined) {
    const what = typeof kind === 'string' && kind !== '' ? `a document of kind "${kind}"` : 'no document of authdrill';
    throw new UsageError(`${path} holds ${what}. ${REMEDY}`);
  }
  if (schemaVersion !== SCHEMA_VERSION) {
    const theirs = typeof schemaVersion === 'number' ? String(schemaVersion) : 'none';
    throw new UsageError(`${path} has schemaVersion ${theirs}; this program reads ${SCHEMA_VERSION}. Make it again.`);
  }
  const { success, error } = schema.safeParse(value);
  if (success) return value as ResultDocument;
  const issue = error.issues[0]!;
  const where = issue.path.length === 0 ? 'it' : issue.path.join('.');
  throw new UsageError(`${path} is no ${String(kind)} document: ${where}: ${issue.message}. ${REMEDY}`);
}

function parsed(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${path} cannot be read: ${reason}. ${REMEDY}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is not JSON. ${REMEDY}`);
  }
}
