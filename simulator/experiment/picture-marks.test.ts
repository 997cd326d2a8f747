import { describe, expect, it } from 'vitest';
import type { Note } from '../virtual/index.ts';
import { laneMarks } from './picture-marks.ts';

const MINUTE_MS = 60_000;
const note = (minute: number, kind: string, host = 'api-1', detail: Note['detail'] = {}): Note => {
  return { atMs: minute * MINUTE_MS, host, kind, detail };
};
const marksOf = (...notes: readonly Note[]) => laneMarks(notes, 1, (atMs) => `${atMs / MINUTE_MS} min`);

describe('marks on swim lanes', () => {
  it('alike notes that follow closely are one mark, with whose they are', () => {
    const marks = marksOf(
      note(0, 'keys.fetch-failed'),
      note(5, 'keys.fetch-failed', 'api-2'),
      note(30, 'keys.fetch-failed'),
    );
    expect(marks.map(({ from, until, count, hosts }) => [from, until, count, hosts])).toEqual([
      ['0 min', '5 min', 2, ['api-1', 'api-2']],
      ['30 min', '30 min', 1, ['api-1']],
    ]);
  });

  it('an instance without keys stays so until it has some, or to the end of its mark', () => {
    const marks = marksOf(note(3, 'keys.missing'), note(3, 'keys.missing', 'api-2'), note(90, 'keys.loaded', 'api-2'));
    expect(marks.map(({ kind, from, until }) => [kind, from, until])).toEqual([
      ['keys.missing', '3 min', '90 min'],
      ['keys.loaded', '90 min', '90 min'],
    ]);
  });

  it('the platform’s work lasts until its own end, not until that of another', () => {
    const work = (minute: number, kind: string, label: string) => note(minute, kind, 'orchestrator', { label });
    const marks = marksOf(
      work(0, 'orchestrator.began', 'deploy'),
      work(1, 'orchestrator.began', 'scale-out'),
      work(2, 'orchestrator.ended', 'scale-out'),
      work(40, 'orchestrator.ended', 'deploy'),
    );
    expect(marks.map(({ detail, until }) => [detail['label'], until])).toEqual([
      ['deploy', '40 min'],
      ['scale-out', '2 min'],
    ]);
  });

  it('the attacker and everyday life are told elsewhere', () => {
    expect(marksOf(note(0, 'attacker.admitted'), note(0, 'backend.listening'), note(0, 'router.healthy'))).toEqual([]);
  });
});
