/** What the attacker of a run was let in with, by kind of credential. */
import type { RecordView } from './record-view.ts';

export interface ExposureFinding {
  readonly kind: string;
  readonly attemptedCount: number;
  readonly admittedCount: number;
  /** From the moment the credential should have been refused to the last time it was admitted; 0 when never. */
  readonly longestAdmittedMs: number;
}

export function exposureOf(view: RecordView): readonly ExposureFinding[] {
  return view.valuesOf('attacker.attempts', 'kind').map((kind) => ({
    kind,
    attemptedCount: view.total('attacker.attempts', { kind }),
    admittedCount: view.total('attacker.admitted', { kind }),
    longestAdmittedMs: longest(view, kind),
  }));
}

function longest(view: RecordView, kind: string): number {
  const notes = view.notes('attacker.admitted').filter((note) => note.detail['kind'] === kind);
  return notes.reduce((most, note) => Math.max(most, Number(note.detail['sinceMs'])), 0);
}
