import { describe, expect, it } from 'vitest';
import { Progress } from './progress.ts';

/** A stream that remembers, and a clock that is set by hand. */
function staged(isTTY: boolean, total: number, quiet = false) {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream;
  let nowMs = 0;
  const progress = new Progress('scoring', total, { quiet, stream, now: () => nowMs });
  const stepAt = (atMs: number): void => {
    nowMs = atMs;
    progress.step();
  };
  return { written, progress, stepAt };
}

describe('progress', () => {
  it('says nothing about what is done within a second', () => {
    const { written, progress, stepAt } = staged(false, 10);
    for (let step = 1; step <= 10; step++) stepAt(step * 90);
    progress.end();
    expect(written).toEqual([]);
  });

  it('adds a line for every tenth of the work where nobody can redraw', () => {
    const { written, progress, stepAt } = staged(false, 100);
    for (let step = 1; step <= 100; step++) stepAt(step * 50);
    progress.end();
    expect(written.map((line) => /\((\d+) %/.exec(line)?.[1])).toEqual([
      '20',
      '30',
      '40',
      '50',
      '60',
      '70',
      '80',
      '90',
    ]);
    expect(written[0]).toBe('scoring: 20 of 100 runs (20 %, about 4 s left)\n');
    expect(written.join('')).not.toContain('\u001b');
  });

  it('adds a line every ten seconds when the work is slow', () => {
    const { written, progress, stepAt } = staged(false, 1000);
    for (let step = 1; step <= 30; step++) stepAt(step * 1_000);
    progress.end();
    expect(written).toHaveLength(3);
  });

  it('draws one line again and again on a terminal, and wipes it at the end', () => {
    const { written, progress, stepAt } = staged(true, 40);
    for (let step = 1; step <= 39; step++) stepAt(step * 200);
    progress.end();
    expect(written.length).toBeGreaterThan(20);
    expect(written.every((text) => text.startsWith('\r\u001b[K') && !text.includes('\n'))).toBe(true);
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  it('is silent when asked to be quiet', () => {
    const { written, progress, stepAt } = staged(true, 3, true);
    [2_000, 3_000, 4_000].forEach(stepAt);
    progress.end();
    expect(written).toEqual([]);
  });
});
