import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Process } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { rehearsal, standIn } from '../rehearsal.ts';
import { DEFAULT_TEST } from '../sequential-test.ts';
import { skewAlert, type SkewAlertOptions } from './index.ts';

const MINUTE_MS = 60_000;

function* nothing(): Process<void> {}

/** Answers sixty requests a minute; from `fromMinute` until `untilMinute` it refuses this share of them. */
function instance(name: string, badRatio: number, fromMinute = 10, untilMinute = Infinity): HostSpec {
  return standIn(name, 'app', {
    answer: (_, nowMs) => {
      const minutes = nowMs / MINUTE_MS;
      const badMinutes = Math.max(0, Math.min(minutes, untilMinute) - fromMinute);
      return { status: 200, body: { total: Math.floor(60 * minutes), bad: Math.floor(60 * badRatio * badMinutes) } };
    },
  });
}

interface Heard {
  readonly at: string;
  readonly body: unknown;
}

function run(
  hosts: readonly HostSpec[],
  options: Partial<SkewAlertOptions> = {},
): { heard: Heard[]; record: RunRecord } {
  const whole: SkewAlertOptions = {
    ...DEFAULT_TEST,
    alert: 'one refuses',
    pools: ['app'],
    path: '/metrics',
    badMember: 'bad',
    totalMember: 'total',
    periodMs: MINUTE_MS,
    maxSkewedRatio: 0.5,
    operator: 'people',
    actedAs: 'skew',
    ...options,
  };
  const heard: Heard[] = [];
  const people = standIn('people', 'people', {
    answer: ({ path, body }, nowMs) => {
      heard.push({ at: `${Math.floor(nowMs / MINUTE_MS)} ${path}`, body });
      return { status: 202 };
    },
  });
  const alert = cast({ name: 'alert', pool: 'monitoring', role: skewAlert, options: whole });
  return { heard, record: runScenario(rehearsal([...hosts, people, alert], nothing), { seed: 1 }) };
}

const times = ({ heard }: { heard: readonly Heard[] }): readonly string[] => heard.map(({ at }) => at);

describe('an alert on the 401s of single instances', () => {
  test('pages at the first look after one begins to refuse everybody, and tells when that is over', () => {
    const result = run([instance('app-1', 0), instance('app-2', 0), instance('app-3', 1, 10.5, 20)]);
    expect(times(result)).toEqual(['11 /page', '21 /all-clear']);
    expect(result.record.notes.filter(({ kind }) => kind === 'mitigation.acted')).toHaveLength(1);
  });

  test('sees a share of one half, and is silent about the ordinary one in twenty', () => {
    expect(times(run([instance('app-1', 0), instance('app-2', 0.5)]))[0]).toBe('11 /page');
    expect(times(run([instance('app-1', 0.05), instance('app-2', 0.05)]))).toEqual([]);
  });

  test('is silent when more than half of the pool refuses: then it is the provider or the clients', () => {
    expect(times(run([instance('app-1', 1), instance('app-2', 1), instance('app-3', 0)]))).toEqual([]);
    expect(times(run([instance('app-1', 1), instance('app-2', 0)]))).toEqual(['11 /page']);
  });

  test('begins anew with a new process: what its predecessor refused is no evidence against it', () => {
    // Four refusals, then a restart before the next look, then three.
    const numbers = (minute: number) => {
      if (minute < 10) return { total: 10, bad: 0 };
      return minute < 11 ? { total: 14, bad: 4 } : { total: 3, bad: 3 };
    };
    const restarted = standIn('app-2', 'app', {
      answer: (_, nowMs) => ({ status: 200, body: numbers(nowMs / MINUTE_MS) }),
    });
    expect(times(run([instance('app-1', 0), restarted]))).toEqual([]);
    const seven = standIn('app-2', 'app', {
      answer: (_, nowMs) => ({
        status: 200,
        body: nowMs < 10 * MINUTE_MS ? { total: 10, bad: 0 } : { total: 17, bad: 7 },
      }),
    });
    expect(times(run([instance('app-1', 0), seven]))).toEqual(['10 /page']);
  });

  test('with routers to drain it pages for each instance by itself, with the advice to take that one out', () => {
    const drainAt = { app: { routers: ['edge'], path: '/admin/drain' } };
    const hosts = [0, 0, 0, 1, 1].map((ratio, index) => instance(`app-${index + 1}`, ratio));
    const { heard } = run(hosts, { drainAt });
    expect(heard.map(({ body }) => (body as { alert: string }).alert)).toEqual([
      'one refuses: app-4',
      'one refuses: app-5',
    ]);
    const action = { kind: 'request', host: 'edge', path: '/admin/drain', body: { instance: 'app-4' } };
    expect(heard[0]!.body).toMatchObject({ runbook: [{ atMs: 0, label: 'app-4 is taken out', actions: [action] }] });
  });
});
