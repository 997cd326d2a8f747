import { describe, expect, test } from 'vitest';
import type { IncidentClock } from './incident.ts';
import { clockOf, clockTime, momentsOf } from './wall-clock.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function clock(startsAt: string): IncidentClock {
  return { zone: 'CET', utcOffsetMinutes: 60, startsAt, t0Ms: 0 };
}

const dated = { date: true };

describe('a moment on the incident’s clock', () => {
  const afternoon = clock('2025-12-19T15:20');

  test('is written to the minute, or to the second, both without rounding up', () => {
    expect(clockTime(afternoon, 30 * MINUTE_MS)).toBe('15:50');
    expect(clockTime(afternoon, 30 * MINUTE_MS + 59_999)).toBe('15:50');
    expect(clockTime(afternoon, 30 * MINUTE_MS + 7_999, { seconds: true })).toBe('15:50:07');
  });

  test('goes on past midnight, with the next date', () => {
    expect(clockTime(afternoon, 8 * HOUR_MS + 39 * MINUTE_MS, dated)).toBe('2025-12-19 23:59');
    expect(clockTime(afternoon, 8 * HOUR_MS + 40 * MINUTE_MS, dated)).toBe('2025-12-20 00:00');
    expect(clockTime(afternoon, 8 * HOUR_MS + 40 * MINUTE_MS)).toBe('00:00');
  });

  test.each([
    ['2025-12-31T23:59', 1, '2026-01-01 00:00'],
    ['2024-02-28T12:00', 720, '2024-02-29 00:00'],
    ['2024-02-29T12:00', 720, '2024-03-01 00:00'],
    ['2023-02-28T12:00', 720, '2023-03-01 00:00'],
    ['2100-02-28T12:00', 720, '2100-03-01 00:00'],
    ['2000-02-28T12:00', 720, '2000-02-29 00:00'],
    ['2021-03-31T23:00', 60, '2021-04-01 00:00'],
    ['2024-09-09T00:00', 18 * 1440, '2024-09-27 00:00'],
    ['2024-01-01T00:00', 366 * 1440, '2025-01-01 00:00'],
  ])('from %s, %i minutes later, is %s', (startsAt, minutes, expected) => {
    expect(clockTime(clock(startsAt), minutes * MINUTE_MS, dated)).toBe(expected);
  });

  test('agrees with the calendar of the language on every day of forty years', () => {
    const start = clock('1990-01-01T00:00');
    const wrong: string[] = [];
    for (let day = 0; day < 40 * 366; day++) {
      const expected = new Date(Date.UTC(1990, 0, 1 + day)).toISOString().slice(0, 10);
      if (clockTime(start, day * DAY_MS, dated) !== `${expected} 00:00`) wrong.push(expected);
    }
    expect(wrong).toEqual([]);
  });

  test('may lie before the scenario, on the day before', () => {
    const night = clock('2024-03-01T00:10');
    expect(clockTime(night, -1_000, { seconds: true })).toBe('00:09:59');
    expect(clockTime(night, -11 * MINUTE_MS, { date: true, seconds: true })).toBe('2024-02-29 23:59:00');
    expect(clockTime(night, -14 * DAY_MS, dated)).toBe('2024-02-16 00:10');
  });
});

describe('the clock of a play', () => {
  test('shows no date on one day, and the date on several', () => {
    const play = clock('2025-12-19T15:20');
    expect(clockOf(play, 3 * HOUR_MS)(30 * MINUTE_MS)).toBe('15:50');
    expect(clockOf(play, 8 * HOUR_MS + 40 * MINUTE_MS)(30 * MINUTE_MS)).toBe('15:50');
    expect(clockOf(play, 8 * HOUR_MS + 41 * MINUTE_MS)(30 * MINUTE_MS)).toBe('2025-12-19 15:50');
    expect(clockOf(play, 3 * HOUR_MS)(30 * MINUTE_MS + 5_000, true)).toBe('15:50:05');
  });
});

describe('the moments that a text can mean', () => {
  const twoDays = clock('2021-03-16T05:00');
  const endMs = 30 * HOUR_MS;

  test('are those of every day of the play', () => {
    expect(momentsOf(twoDays, '10:04', endMs)).toEqual([5 * HOUR_MS + 4 * MINUTE_MS, 29 * HOUR_MS + 4 * MINUTE_MS]);
    expect(momentsOf(twoDays, '11:30', endMs)).toEqual([6.5 * HOUR_MS]);
    expect(momentsOf(twoDays, ' 9:43:07 ', endMs)).toEqual([
      4 * HOUR_MS + 43 * MINUTE_MS + 7_000,
      28 * HOUR_MS + 43 * MINUTE_MS + 7_000,
    ]);
  });

  test('are narrowed by a date', () => {
    expect(momentsOf(twoDays, '2021-03-17 10:04', endMs)).toEqual([29 * HOUR_MS + 4 * MINUTE_MS]);
    expect(momentsOf(twoDays, '2021-03-17T10:04', endMs)).toEqual([29 * HOUR_MS + 4 * MINUTE_MS]);
    expect(momentsOf(twoDays, '2021-03-18 10:04', endMs)).toEqual([]);
  });

  test('include the first and the last moment of the play and none outside', () => {
    expect(momentsOf(twoDays, '05:00', endMs)).toEqual([0, DAY_MS]);
    expect(momentsOf(twoDays, '11:00', endMs)).toEqual([6 * HOUR_MS, 30 * HOUR_MS]);
    expect(momentsOf(twoDays, '04:59', endMs)).toEqual([DAY_MS - MINUTE_MS]);
    expect(momentsOf(twoDays, '11:01', endMs)).toEqual([6 * HOUR_MS + MINUTE_MS]);
  });

  test.each(['', 'noon', '25:00', '10:60', '10:04:60', '1004', '10:4', '2021-3-17 10:04', '10:04 CET'])(
    'are none for "%s"',
    (text) => {
      expect(momentsOf(twoDays, text, endMs)).toEqual([]);
    },
  );

  test('are written back as they were asked for', () => {
    for (const text of ['05:00', '10:04', '23:59', '00:00', '04:59']) {
      for (const atMs of momentsOf(twoDays, text, endMs)) expect(clockTime(twoDays, atMs)).toBe(text);
    }
  });
});
