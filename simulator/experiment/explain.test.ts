import { describe, expect, it } from 'vitest';
import { secondTry, turnstile } from '../../test/planted/turnstile.ts';
import { explain, type ExplainInput } from './explain.ts';
import { runTrial } from './trial.ts';

function told(more: Partial<ExplainInput> = {}) {
  return explain({ incident: turnstile, seed: 1, mitigations: [], assumptions: {}, ...more });
}

describe('explaining a failed request', () => {
  it('tells the chain in order: the call, what was said on the way, the user’s own words', () => {
    const { failure, user } = told({ user: 'v3' });
    expect(user).toBe('v3');
    expect(failure).toMatchObject({ method: 'GET', path: '/in', outcome: '401', culprit: 'door' });
    expect(failure!.steps.map(({ host, text, depth }) => [host, text.replace(/\d+/, 'n'), depth])).toEqual([
      ['v3', 'asks door: GET /in', 0],
      ['door', 'is refused at the door', 1],
      ['v3', 'entry n: refused', 0],
    ]);
    expect(failure!.at).toMatch(/^10:(?:0[5-9]|1[0-4]):\d\d$/);
  });

  it('tells what befell the instance since its start, and the fault that the request met', () => {
    const { instance, faults } = told({ user: 'v3' }).failure!;
    expect(instance).toMatchObject({ host: 'door', startedAt: '10:00:00' });
    expect(instance.notes.map(({ at, kind }) => [at, kind])).toEqual([['10:00:01', 'door.open']]);
    expect(faults).toMatchObject([{ id: 'refusal', from: '10:05:00', until: '10:15:00', feltBy: 'request' }]);
  });

  it('takes the failure nearest to the moment asked for', () => {
    const first = told({ user: 'v3' }).failure!;
    const late = told({ user: 'v3', at: '10:14' }).failure!;
    expect(late.atMs).toBeGreaterThan(first.atMs);
    const near = (atMs: number): number => Math.abs(atMs - 14 * 60_000);
    expect(near(late.atMs)).toBeLessThan(near(first.atMs));
  });

  it('follows whoever was hit first when nobody is named', () => {
    const { user, failure } = told();
    const firsts = Array.from({ length: 10 }, (_, index) => told({ user: `v${index}` }).failure?.atMs ?? Infinity);
    expect(firsts[Number(user.slice(1))]).toBe(Math.min(...firsts));
    expect(failure!.atMs).toBe(Math.min(...firsts));
  });

  it('names the others who were hit, each once', () => {
    const { othersHit, othersHitCount } = told({ user: 'v3' });
    expect(new Set(othersHit).size).toBe(othersHit.length);
    expect(othersHitCount).toBe(othersHit.length);
    expect(othersHit).not.toContain('v3');
  });

  it('tells the day in order, good actions in a row as one entry', () => {
    const { day, callCount } = told({ user: 'v3' });
    expect(day[0]).toMatchObject({ good: true });
    expect(day[0]!.text).toMatch(/^\d+ actions fine$/);
    expect(day.reduce((sum, { count }) => sum + count, 0)).toBe(callCount);
    expect(day.some(({ good }) => !good)).toBe(true);
    expect(day.map(({ atMs }) => atMs)).toEqual(day.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
  });

  it('has no failure to tell where nobody was refused, and still tells the day', () => {
    const quiet = told({ user: 'v3', assumptions: { refusedRatio: 0 } });
    expect(quiet).toMatchObject({ failure: null, failedCallCount: 0, othersHitCount: 0 });
    expect(quiet.day).toHaveLength(1);
  });

  it('follows a user under mitigations too', () => {
    const counterfactual = told({ user: 'v3', mitigations: [secondTry] });
    expect(counterfactual).toMatchObject({ mode: 'counterfactual', mitigations: ['second-try'] });
    expect(counterfactual.callCount).toBeGreaterThan(told({ user: 'v3' }).callCount - 5);
  });

  it('changes nothing in the run that it follows', () => {
    const plain = runTrial({ incident: turnstile, timetable: 'historical', seed: 1, mitigations: [], assumptions: {} });
    expect(told({ user: 'v3' }).traceHash).toBe(plain.view.record.traceHash);
    expect(plain.view.record.steps).toEqual([]);
  });

  it('says which users there are to somebody who asks for another', () => {
    expect(() => told({ user: 'v10' })).toThrow(
      'turnstile has no user "v10" under seed 1. It has: v0 to v9 (10 users).',
    );
  });

  it('says which moments there are to somebody who asks for another', () => {
    expect(() => told({ at: '09:59' })).toThrow(
      'The play has no moment "09:59". Give a time from 10:00 to 10:30 UTC, as HH:MM.',
    );
    expect(() => told({ at: 'noon' })).toThrow(/^The play has no moment "noon"/);
  });
});
