import { describe, expect, it } from 'vitest';
import { refusal, secondTry, turnstile, turnstilePlay } from '../../test/planted/turnstile.ts';
import {
  assembleSweep,
  comparedWithHistory,
  explain,
  replay,
  runSweepJob,
  sweepJobs,
  type Incident,
} from '../../simulator/experiment/index.ts';
import { explainText } from './explain-text.ts';
import { DISCLAIMER } from './disclaimer.ts';
import { assumptionLine, assumptionList, openingText } from './opening.ts';
import { replayText, sweepText } from './replay-text.ts';
import { differenceText } from './verification-text.ts';

const input = { incident: turnstile, seed: 1, mitigations: [], assumptions: {} };
const history = replay(input);

function widest(text: string): number {
  return Math.max(...text.split('\n').map(({ length }) => length));
}

function sweepOf(incident: Incident, seeds: readonly number[]): string {
  const plan = { incident, seeds, assumptions: {} };
  const runs = sweepJobs(plan).map((job) => runSweepJob(incident, job));
  return sweepText(assembleSweep(plan, runs));
}

describe('a replay as text', () => {
  const text = replayText(history);

  it('fits into 100 columns and ends with the verdict', () => {
    expect(widest(text)).toBeLessThanOrEqual(100);
    expect(text.split('\n').at(-1)).toBe('HOLDS: 2 of 2 facts that one run can show hold.');
  });

  it('shows the timeline on the incident’s clock, inputs and what the report dates apart', () => {
    expect(text).toContain('  10:05  the door begins to refuse\n  10:15  [status post]');
  });

  it('shows each fact with its word, kind, expectation, observation and tolerance, and counts the kinds', () => {
    expect(text).toMatch(/^T1 +holds +stated +some refusals +\d+ refusals +more than 0$/m);
    expect(text).toMatch(/^T3 +more seeds +fitted/m);
    expect(text).toContain('3 facts: 0 inputs, 1 fitted, 2 emergent (1 stated, 1 inferred).');
    expect(text).toContain('T3 is fitted: refusedRatio tuned for it.');
  });

  it('says how often each fault was felt', () => {
    expect(text).toMatch(/^ {2}10:05 to 10:15 {2}refusal: the door refuses 50 % of the visitors \(felt \d+ times\)$/m);
  });

  it('says FAILS and names the facts', () => {
    const longer: Incident = {
      ...turnstile,
      historical: (values) => ({ ...turnstilePlay(values), faults: [refusal(0.5, 20 * 60_000)] }),
    };
    const text = replayText(replay({ ...input, incident: longer }));
    expect(text).toContain('FAILS: 1 of 2 facts that one run can show hold; not: T2.');
    expect(text).toMatch(/^T2 +FAILS +inferred/m);
  });

  it('says INCONCLUSIVE when a fault was never felt', () => {
    const unfelt = replayText(replay({ ...input, assumptions: { refusedRatio: 0 } }));
    expect(unfelt).toContain('INCONCLUSIVE: no request met refusal, so this run proves nothing.');
    expect(unfelt).toContain('(never felt)');
  });

  it('shows facts as kept or changed with mitigations, and judges nothing', () => {
    const retried = replay({ ...input, mitigations: [secondTry] });
    const none: Incident = { ...turnstile, historical: (values) => ({ ...turnstilePlay(values), faults: [] }) };
    expect(replayText(comparedWithHistory(retried, history))).toMatch(/^T1 +kept/m);
    const changed = replayText(
      comparedWithHistory({ ...replay({ ...input, incident: none }), mode: 'counterfactual' }, history),
    );
    expect(changed).toMatch(/^T1 +changed +stated +some refusals +0 refusals \(in/m);
    expect(changed).toContain('Counterfactual: changed: T1; the others are kept. This judges no replay.');
  });
});

describe('a sweep as text', () => {
  it('shows on how many seeds each fact holds', () => {
    const text = sweepOf(turnstile, [1, 2, 3]);
    expect(text).toMatch(/^T1 +holds +3 of 3 +stated/m);
    expect(text).toMatch(/^T3 +holds +together +fitted/m);
    expect(text.split('\n').at(-1)).toBe('HOLDS: 2 run facts on each of 3 seeds.');
    expect(widest(text)).toBeLessThanOrEqual(100);
  });

  it('says how many seeds a statement about many seeds needs', () => {
    expect(sweepOf(turnstile, [1, 2])).toContain('T3 speaks of many seeds and needs at least 3: --seeds 1..3');
  });

  it('names the facts that fail and the first seed on which they do', () => {
    const [first, second] = turnstile.facts;
    const strict = {
      ...second!,
      check: () => ({ holds: false, expected: 'a', observed: 'b', tolerance: 'c' }),
    } as typeof second;
    const text = sweepOf({ ...turnstile, facts: [first!, strict!] }, [5, 6]);
    expect(text.split('\n').at(-1)).toBe('FAILS: not on all seeds: T2; T2 first on seed 5.');
  });
});

describe('what stands before a run', () => {
  it('says first that it is a model', () => {
    const opening = {
      scenario: 'turnstile',
      title: 'A door',
      play: 'historical timetable',
      seeds: [1, 2],
      mitigations: ['x'],
    };
    expect(openingText(opening).split('\n')[0]).toBe(DISCLAIMER);
    expect(openingText(opening)).toContain('historical timetable, seeds 1 to 2, with x');
  });

  it('lists every assumption with its value, its bounds and what it is', () => {
    const assumption = {
      id: 'bootMs',
      value: 40_000,
      unit: 'ms from T0',
      low: -1_000,
      high: 180_000,
      sentence: 'Until the door.',
    };
    expect(assumptionList([assumption]).split('\n')[2]).toMatch(
      /^bootMs=40000 {2}40 s from T0 \(−1 s to 3 min\) {2}Until the door\.$/,
    );
    expect(assumptionLine([assumption, ...history.assumptions])).toBe(
      'Assumptions: bootMs=40000 (40 s from T0), refusedRatio=0.5.',
    );
  });
});

describe('an explanation as text', () => {
  const text = explainText(explain({ ...input, user: 'v3' }), 'UTC');

  it('tells the chain, the reason and the day, in clock times', () => {
    expect(text).toMatch(/^The request of v3 at 10:\d\d:\d\d UTC$/m);
    expect(text).toMatch(/^ {2}10:\d\d:\d\d {2}v3 asks door: GET \/in → 401 after [\d.]+ ms$/m);
    expect(text).toMatch(/^ {2}10:\d\d:\d\d {4}door: is refused at the door$/m);
    expect(text).toContain('10:00:00  door is started\n  10:00:01  door: door open');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('Fault refusal, 10:05:00 to 10:15:00: the door refuses 50 % of the');
    expect(text).toMatch(/^ {2}10:\d\d:\d\d to 10:\d\d:\d\d {2}\d+ actions fine$/m);
    expect(widest(text)).toBeLessThanOrEqual(100);
  });

  it('says so when nothing failed', () => {
    const fine = explainText(explain({ ...input, user: 'v3', assumptions: { refusedRatio: 0 } }), 'UTC');
    expect(fine).toMatch(/^No request of v3 failed: all \d+ requests were answered well\.$/m);
  });
});

describe('a difference between two runs as text', () => {
  it('names the event in both runs', () => {
    const first = { number: 9_000, atMs: 61_003, kind: 'a process wakes up', host: 'api-1', targetId: 7 };
    expect(differenceText({ in: 'events', first, second: null })).toBe(
      'event 9,000 is the first, "a process wakes up" at 61003 ms on api-1 (target 7) in one run and no event at all in the other.',
    );
  });
});
