import { assert, property, shuffledSubarray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreDocument } from '../../reports/score/score-document.ts';
import { mitigations } from '../../services/mitigations/index.ts';
import { bystander } from '../planted/turnstile.ts';
import { acceptEverything, neverAlert, onlyTalk, refuseUsers } from '../planted/cheats.ts';
import { experimentOn, SMALL_INCIDENTS } from './small-incidents.ts';

/** The same scenarios each time: a red test must be the same red test tomorrow. */
const RUNS = { seed: 20_210_316, numRuns: 3, endOnFailure: true };

describe.each(SMALL_INCIDENTS.map((small) => [small.incident.id, small] as const))(
  '%s under random assumptions',
  (_, { incident, assumptions }) => {
    test('every score lies within its bounds and its interval, and doing nothing scores exactly 0', () => {
      const some = shuffledSubarray([...mitigations], { minLength: 2, maxLength: 3 });
      assert(
        property(assumptions, some, (values, chosen) => {
          const result = experimentOn(incident, values, [...chosen, onlyTalk, bystander], false);
          for (const arm of scoreDocument(result).scenarios[0]!.mitigations) {
            if (arm.score === null) continue;
            const { low, mean, high } = arm.score;
            const inOrder = [-100, low, mean, high, 100];
            expect([arm.id, inOrder]).toEqual([arm.id, inOrder.toSorted((a, b) => a - b)]);
          }
          const armOf = (id: string) => scoreDocument(result).scenarios[0]!.mitigations.find((arm) => arm.id === id)!;
          expect(armOf('only-talk')).toMatchObject({ status: 'scored', score: { mean: 0, low: 0, high: 0 } });
          expect(armOf('bystander').status).toBe('not-engaged');
          const { control, arms } = result.incidents[0]!;
          const idle = arms.find(({ mitigation }) => mitigation === 'bystander')!;
          expect(idle.scored).toEqual(control.scored);
        }),
        RUNS,
      );
    });

    test('who turns everybody away, lets everybody in or hears of nothing cannot win', () => {
      let temptingCount = 0;
      assert(
        property(assumptions, (values) => {
          const cheats = [refuseUsers, acceptEverything, neverAlert];
          const { mitigations: ranked } = scoreDocument(experimentOn(incident, values, cheats, true)).scenarios[0]!;
          for (const { id, score, scoreByReports } of ranked) {
            expect([id, score!.mean <= 0 && score!.low <= 0]).toEqual([id, true]);
            expect([id, (scoreByReports?.mean ?? 0) <= 0]).toEqual([id, true]);
          }
          const armOf = (id: string) => ranked.find((arm) => arm.id === id)!;
          const wordOf = (id: string) => armOf(id).exposure?.word;
          expect([wordOf('accept-everything'), wordOf('never-alert')]).toEqual(['admits forged', 'within budget']);
          expect(ranked[0]!.id).toBe('never-alert');
          expect(armOf('refuse-users').score!.mean).toBeLessThan(0);
          if ((armOf('accept-everything').scoreBeforeCap?.mean ?? 0) > 50) temptingCount++;
        }),
        RUNS,
      );
      // Whoever takes everything saves all that a refused credential costs, where that is what went wrong.
      expect(temptingCount > 0).toBe(incident.id !== 'cytracom-2021-03-16');
    });
  },
);
