import { describe, expect, it } from 'vitest';
import { turnstile } from '../../test/planted/turnstile.ts';
import { pictureOf } from './picture-of.ts';
import { runTrial } from './trial.ts';

const input = { incident: turnstile, seed: 1, mitigations: [], assumptions: {} };
const picture = pictureOf(input);
const { view, scenario } = runTrial({ ...input, timetable: 'historical' });
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('the picture of a run', () => {
  it('is of the run that a replay of the same seed shows', () => {
    expect(picture.traceHash).toBe(view.record.traceHash);
    expect(picture.stretches.map(({ fromMs, untilMs }) => ({ fromMs, untilMs }))).toEqual(scenario.windows);
  });

  it('loses nothing on the way into bins: their sums are the totals of the record', () => {
    for (const population of turnstile.populations) {
      expect(sum(picture.intentions)).toBe(view.total('user.intentions', { population }));
      expect(sum(picture.failedIntentions)).toBe(view.total('user.intentions-failed', { population }));
    }
    expect(sum(picture.authLoad.requests)).toBe(view.total(turnstile.authLoad.counter));
    expect(sum(picture.failedIntentions)).toBeGreaterThan(0);
  });

  it('counts a user once a bin, however many of its minutes were harmed', () => {
    const users = turnstile.populations.reduce((count, population) => count + view.usersHit(population).length, 0);
    expect(Math.max(...picture.disruptedUsers)).toBeLessThanOrEqual(users);
    expect(sum(picture.disruptedUsers)).toBeLessThanOrEqual(view.disruptedUserMinutes(turnstile.populations));
    expect(sum(picture.disruptedUsers)).toBeGreaterThan(0);
  });

  it('has the same bytes again', () => {
    expect(JSON.stringify(pictureOf(input))).toBe(JSON.stringify(picture));
  });
});
