import { describe, expect, test } from 'vitest';
import { Draws } from '../../simulator/contract/index.ts';
import { binomialBand } from '../../simulator/experiment/index.ts';
import { Machine, momentOfDay, type OfficeHours } from './working-day.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const HOURS: OfficeHours = {
  midnightMs: -5 * HOUR_MS,
  onFromHour: 7,
  onUntilHour: 9,
  offFromHour: 17,
  offUntilHour: 19,
  alwaysOnRatio: 0.25,
};

const draws = new Draws(1, 'population/desktop', 'machine');

function machine(user: number, hours: Partial<OfficeHours> = {}): Machine {
  return new Machine({ ...HOURS, ...hours }, draws, user);
}

/** Hour of the day, on the day that the moment belongs to. */
function hourOf(atMs: number): number {
  return ((atMs - HOURS.midnightMs) % DAY_MS) / HOUR_MS;
}

const users = Array.from({ length: 2_000 }, (_, user) => user);
const office = { alwaysOnRatio: 0 };

describe('an office machine', () => {
  test('is off at night and comes on in the morning, evenly over its hours', () => {
    const onHours = users.map((user) => hourOf(machine(user, office).nextAwakeMs(0)));
    expect(Math.min(...onHours)).toBeGreaterThanOrEqual(7);
    expect(Math.max(...onHours)).toBeLessThan(9);
    const early = onHours.filter((hour) => hour < 7.5).length;
    const band = binomialBand(users.length, 0.25, 0.99);
    expect(early).toBeGreaterThanOrEqual(band.lowCount);
    expect(early).toBeLessThanOrEqual(band.highCount);
  });

  test('is awake at noon', () => {
    const noonMs = HOURS.midnightMs + 12 * HOUR_MS;
    for (const user of users) expect(machine(user, office).nextAwakeMs(noonMs)).toBe(noonMs);
  });

  test('is on until the moment that it says, and off from then on', () => {
    const noonMs = HOURS.midnightMs + 12 * HOUR_MS;
    for (const user of users) {
      const own = machine(user, office);
      const offMs = own.nextOffMs(noonMs);
      expect(own.nextAwakeMs(offMs - 0.002)).toBe(offMs - 0.002);
      expect(own.nextAwakeMs(offMs)).toBeGreaterThan(offMs + HOUR_MS);
    }
    expect(machine(0, { alwaysOnRatio: 1 }).nextOffMs(noonMs)).toBe(Infinity);
  });

  test('goes off in the evening and sleeps until the next morning, at another minute than today', () => {
    const eveningMs = HOURS.midnightMs + 18 * HOUR_MS;
    const next = users.map((user) => machine(user, office).nextAwakeMs(eveningMs));
    const awake = next.filter((atMs) => atMs === eveningMs).length;
    const band = binomialBand(users.length, 0.5, 0.99);
    expect(awake).toBeGreaterThanOrEqual(band.lowCount);
    expect(awake).toBeLessThanOrEqual(band.highCount);
    const tomorrow = next.filter((atMs) => atMs !== eveningMs);
    for (const atMs of tomorrow) {
      expect(atMs).toBeGreaterThanOrEqual(HOURS.midnightMs + DAY_MS + 7 * HOUR_MS);
      expect(atMs).toBeLessThan(HOURS.midnightMs + DAY_MS + 9 * HOUR_MS);
    }
    const todays = users.map((user) => machine(user, office).nextAwakeMs(0) + DAY_MS);
    expect(tomorrow.filter((atMs) => todays.includes(atMs))).toEqual([]);
  });

  test('is always awake at the moment that it names, and asking again changes nothing', () => {
    for (const user of users.slice(0, 200)) {
      const one = machine(user);
      for (let atMs = 0; atMs < 3 * DAY_MS; atMs += 5 * HOUR_MS) {
        const awakeMs = one.nextAwakeMs(atMs);
        expect(awakeMs).toBeGreaterThanOrEqual(atMs);
        expect(one.nextAwakeMs(awakeMs)).toBe(awakeMs);
      }
    }
  });

  test('is never off for the share of machines that stay on', () => {
    const nightMs = HOURS.midnightMs + DAY_MS + 2 * HOUR_MS;
    const on = users.filter((user) => machine(user).nextAwakeMs(nightMs) === nightMs).length;
    const band = binomialBand(users.length, HOURS.alwaysOnRatio, 0.99);
    expect(on).toBeGreaterThanOrEqual(band.lowCount);
    expect(on).toBeLessThanOrEqual(band.highCount);
  });
});

describe('moments of a day', () => {
  const weights = [...Array<number>(8).fill(0), 4, 2, 1, 1, ...Array<number>(12).fill(0)];
  const moments = Array.from({ length: 8_000 }, (_, key) => momentOfDay(weights, draws, key, 0));

  test('fall into each hour by its weight, and never into one without', () => {
    for (const [hour, weight] of weights.entries()) {
      const count = moments.filter((atMs) => Math.floor(atMs / HOUR_MS) === hour).length;
      const band = binomialBand(moments.length, weight / 8, 0.99);
      expect(count).toBeGreaterThanOrEqual(band.lowCount);
      expect(count).toBeLessThanOrEqual(band.highCount);
    }
  });

  test('are spread evenly within an hour', () => {
    const inEight = moments.filter((atMs) => Math.floor(atMs / HOUR_MS) === 8);
    const firstQuarter = inEight.filter((atMs) => atMs % HOUR_MS < HOUR_MS / 4).length;
    const band = binomialBand(inEight.length, 0.25, 0.99);
    expect(firstQuarter).toBeGreaterThanOrEqual(band.lowCount);
    expect(firstQuarter).toBeLessThanOrEqual(band.highCount);
  });

  test('are those of their key and occasion', () => {
    expect(momentOfDay(weights, draws, 7, 0)).toBe(moments[7]);
    expect(momentOfDay(weights, draws, 7, 1)).not.toBe(moments[7]);
    expect(momentOfDay(weights, new Draws(2, 'population/desktop', 'machine'), 7, 0)).not.toBe(moments[7]);
  });
});
