/** Claims about durations and moments: what people write, and that what is written is read again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationMs, durationText } from './duration.ts';
import { Moments } from './moments.ts';

describe('durations', () => {
  it.each([
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['0.5ms', 0.5],
    ['2d', 172_800_000],
    ['1.5h', 5_400_000],
  ])('%s is %d ms', (text, valueMs) => expect(durationMs(text)).toBe(valueMs));

  it.each(['90', '', '5 m', 'h', '-5m', '1h30', 'forever'])('"%s" is none', (text) => {
    expect(durationMs(text)).toBeUndefined();
  });

  it('are read as they were written, to the microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (us) => {
        expect(durationMs(durationText(us / 1_000))).toBe(us / 1_000);
      }),
    );
  });
});

describe('moments', () => {
  const moments = new Moments('2026-03-09T22:30', '23:00');

  it.each([
    ['22:30', 0],
    ['23:00', 1_800_000],
    ['01:00', 9_000_000],
    ['2026-03-10T01:00', 9_000_000],
    ['2026-03-09T22:00', -1_800_000],
    ['t0', 1_800_000],
    ['t0+90s', 1_890_000],
    ['t0-1h', -1_800_000],
    ['start+5m', 300_000],
    ['start-30d', -2_592_000_000],
  ])('%s is %d ms after the start', (text, atMs) => expect(moments.read(text)).toBe(atMs));

  it.each(['25:00:00:00', 'noon', 't0+5', '9:00', 't1+5m'])('"%s" is none', (text) => {
    expect(moments.read(text)).toBeUndefined();
  });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 13 }), (us) => {
        expect(moments.read(moments.write(us / 1_000))).toBe(us / 1_000);
      }),
    );
  });

  it('know the midnights of the days that a play touches', () => {
    expect(moments.midnightsMs(3_600_000)).toEqual([-81_000_000]);
    expect(moments.midnightsMs(6_000_000)).toEqual([-81_000_000, 5_400_000]);
  });
});
