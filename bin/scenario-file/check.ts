/** From the text of a scenario file to a checked document, or to everything that is wrong with it, at once. */
import { complaintsOf } from './issues.ts';
import { Moments } from './moments.ts';
import { nameComplaints } from './names.ts';
import { START_PATTERN } from './schema/clock.ts';
import { scenarioSchema, type CheckedScenario } from './schema/scenario.ts';
import { senseComplaints } from './sense.ts';
import { Source, type Complaint } from './source.ts';

export type Checked =
  | { readonly ok: true; readonly document: CheckedScenario }
  | { readonly ok: false; readonly complaints: readonly Complaint[] };

export function checkScenario(text: string): Checked {
  const source = new Source(text);
  if (source.syntaxComplaints.length > 0) return refused(source.syntaxComplaints);
  const content = source.content();
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return refused([source.complaint([], 'the file holds no scenario. Begin with: authdrill init --blank')]);
  }
  const result = scenarioSchema(momentsOf(content)).safeParse(content);
  const shape = result.success ? [] : complaintsOf(result.error.issues, content, source);
  const names = nameComplaints(content, source);
  const complaints = [...shape, ...names];
  if (!result.success || complaints.length > 0) return refused(complaints);
  const nonsense = senseComplaints(result.data, source);
  return nonsense.length > 0 ? refused(nonsense) : { ok: true, document: result.data };
}

/** In the order of the file. */
function refused(complaints: readonly Complaint[]): Checked {
  const ordered = [...complaints].sort((one, other) => one.line - other.line || one.column - other.column);
  return { ok: false, complaints: ordered };
}

const MIDNIGHT = '2000-01-01T00:00';

/** The clock that moments are read on; where the file's own is wrong, which is complained of by itself, some other one. */
function momentsOf(content: object): Moments {
  const { clock } = content as { readonly clock?: { readonly start?: unknown; readonly t0?: unknown } };
  const start = typeof clock?.start === 'string' && START_PATTERN.test(clock.start) ? clock.start : MIDNIGHT;
  const t0 = typeof clock?.t0 === 'string' && !clock.t0.startsWith('t0') ? clock.t0 : 'start';
  return new Moments(start.replace(' ', 'T'), t0);
}

/** `file:line:column field message`, one to a line. */
export function complaintText(file: string, complaints: readonly Complaint[]): string {
  return complaints
    .map(({ line, column, field, message }) => `${file}:${line}:${column} ${field === '' ? '' : `${field} `}${message}`)
    .join('\n');
}
