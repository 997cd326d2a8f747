import { describe, expect, it } from 'vitest';
import { turnstilePlay } from '../../test/planted/turnstile.ts';
import { cast, type Process, type Role, type Scenario, type World } from '../contract/index.ts';
import { verifyScenario } from './verify.ts';

const play = turnstilePlay({ refusedRatio: 0.5 });

/** The play with one more host, which lives outside the run. */
function withIntruder(main: (world: World) => Process<void>): Scenario {
  const role: Role<undefined> = { name: 'intruder', main };
  return { ...play, cast: [...play.cast, cast({ name: 'intruder', pool: 'intruders', role, options: undefined })] };
}

describe('running a seed twice', () => {
  it('finds two runs of a play identical', () => {
    const verification = verifyScenario(play, 1);
    expect(verification).toMatchObject({ identical: true });
    expect(verification.identical && verification.eventCount).toBeGreaterThan(500);
  });

  it('names the first event that differs when a role keeps a counter outside the run', () => {
    let starts = 0;
    const scenario = withIntruder(function* (world) {
      starts++;
      yield* world.timers.sleep(120_000 + starts);
    });
    const verification = verifyScenario(scenario, 1);
    expect(starts).toBe(4);
    expect(verification).toMatchObject({ identical: false, difference: { in: 'events' } });
    if (verification.identical || verification.difference.in !== 'events') throw new Error('not told apart');
    const { first, second } = verification.difference;
    expect(first).toMatchObject({ atMs: 120_003, kind: 'a process wakes up', host: 'intruder' });
    expect(second?.number).toBe(first?.number);
    expect(first?.number).toBeGreaterThan(1);
  });

  it('finds it far into the run, past many checkpoints of the trace', () => {
    let starts = 0;
    const scenario = withIntruder(function* (world) {
      const mine = starts++;
      for (let beat = 0; beat < 20_000; beat++) yield* world.timers.sleep(50);
      yield* world.timers.sleep(500 + mine);
    });
    const verification = verifyScenario(scenario, 1);
    if (verification.identical || verification.difference.in !== 'events') throw new Error('not told apart');
    expect(verification.difference.first).toMatchObject({ atMs: 1_000_502, host: 'intruder' });
    expect(verification.difference.first?.number).toBeGreaterThan(20_000);
  });

  it('says between which events two runs part when they never part in the same place', () => {
    let starts = 0;
    const scenario = withIntruder(function* (world) {
      const mine = starts++;
      for (let beat = 0; beat < 9_000; beat++) yield* world.timers.sleep(50);
      // Only the second run differs; the two that look for the place agree.
      yield* world.timers.sleep(mine === 1 ? 700 : 500);
    });
    const verification = verifyScenario(scenario, 1);
    expect(verification).toMatchObject({ identical: false, difference: { in: 'stretch', afterEvent: 8192 } });
  });

  it('looks at the record too, where all events agree', () => {
    let starts = 0;
    const scenario = withIntruder(function* (world) {
      starts++;
      world.journal.note('intruder.started', { starts });
      yield* world.timers.sleep(10);
    });
    const verification = verifyScenario(scenario, 1);
    expect(verification).toMatchObject({ identical: false, difference: { in: 'record', part: 'notes' } });
    if (verification.identical || verification.difference.in !== 'record') throw new Error('not told apart');
    expect(verification.difference.first).toContain('"starts":1');
    expect(verification.difference.second).toContain('"starts":2');
  });
});
