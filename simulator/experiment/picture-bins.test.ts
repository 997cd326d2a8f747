import { describe, expect, it } from 'vitest';
import { binnedPlay, binOfMinutes } from './picture-bins.ts';

const MINUTE_MS = 60_000;
const clock = { zone: 'UTC', utcOffsetMinutes: 0, startsAt: '2024-09-09T04:42', t0Ms: 0 };

describe('bins', () => {
  it('are as fine as can be drawn, and every minute of a window lies in one', () => {
    const endMs = 215 * MINUTE_MS;
    const { bins, binMinutes, stretches } = binnedPlay([{ fromMs: 0, untilMs: endMs }], clock, endMs);
    expect([binMinutes, bins.length, bins[0]!.at, bins.at(-1)!.untilMs]).toEqual([2, 108, '04:42', endMs]);
    const owners = binOfMinutes(bins, endMs);
    expect([owners[0], owners[1], owners[2], owners[214], owners[215]]).toEqual([0, 0, 1, 107, 107]);
    expect(stretches[0]!.ticks.map(({ text }) => text)).toEqual([
      '05:00',
      '05:30',
      '06:00',
      '06:30',
      '07:00',
      '07:30',
      '08:00',
    ]);
  });

  it('of windows weeks apart nothing lies between them', () => {
    const week = 7 * 1440 * MINUTE_MS;
    const windows = [
      { fromMs: 0, untilMs: 60 * MINUTE_MS },
      { fromMs: week, untilMs: week + 30 * MINUTE_MS },
    ];
    const { bins, stretches, binMinutes } = binnedPlay(windows, clock, week + 30 * MINUTE_MS);
    expect([binMinutes, stretches.map(({ firstBin, binCount }) => [firstBin, binCount])]).toEqual([
      1,
      [
        [0, 60],
        [60, 30],
      ],
    ]);
    expect(stretches[1]!.from).toBe('2024-09-16 04:42');
    const owners = binOfMinutes(bins, week + 30 * MINUTE_MS);
    expect([owners[59], owners[61], owners[week / MINUTE_MS]]).toEqual([59, -1, 60]);
  });
});
