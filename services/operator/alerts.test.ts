import { describe, expect, test } from 'vitest';
import { cast, type FaultSpec, type HostSpec, type Process } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { bindFault, hang, status } from '../faults/index.ts';
import { rehearsal, standIn, type Script } from '../rehearsal.ts';
import {
  autoCycle,
  growthAlert,
  orchestrator,
  probeAlert,
  type AutoCycleOptions,
  type GrowthAlertOptions,
  type ProbeAlertOptions,
} from './index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Hears pages and all-clears. */
const people = standIn('people', 'people', { answer: () => ({ status: 202 }) });

function* nothing(): Process<void> {}

function run(
  hosts: readonly HostSpec[],
  faults: readonly FaultSpec[] = [],
  script: Script = nothing,
  endMs = HOUR_MS,
): RunRecord {
  return runScenario(rehearsal([...hosts, people], script, { faults, endMs }), { seed: 1 });
}

/** What the people heard, in minutes. */
function heard(record: RunRecord): readonly string[] {
  const notes = record.notes.filter(({ kind, host }) => kind === 'served' && host === 'people');
  return notes.map(({ atMs, detail }) => `${Math.round((atMs / MINUTE_MS) * 10) / 10} ${String(detail['path'])}`);
}

function actedCount(record: RunRecord): number {
  return record.notes.filter(({ kind }) => kind === 'mitigation.acted').length;
}

describe('a probe', () => {
  const target = standIn('auth', 'auth');

  function probe(options: Partial<ProbeAlertOptions> = {}): HostSpec {
    const whole: ProbeAlertOptions = {
      alert: 'auth is down',
      target: { host: 'auth', method: 'GET', path: '/healthz' },
      periodMs: MINUTE_MS,
      timeoutMs: 5_000,
      passes: ['200'],
      failuresInRow: 3,
      aboutDependency: true,
      operator: 'people',
      actedAs: 'a-probe',
      ...options,
    };
    return cast({ name: 'probe', pool: 'monitoring', role: probeAlert, options: whole });
  }

  function ill(fromMinute: number, untilMinute: number, mechanism = status({ status: 503 })): FaultSpec {
    const binding = {
      id: `ill-${fromMinute}`,
      target: 'auth',
      fromMs: fromMinute * MINUTE_MS - 500,
      untilMs: untilMinute * MINUTE_MS - 500,
    };
    return bindFault(mechanism, binding);
  }

  test('pages after so many failures in a row, once a trouble, and tells when it is over', () => {
    const record = run([target, probe()], [ill(10, 30)]);
    expect(heard(record)).toEqual(['12 /page', '30 /all-clear']);
    expect(actedCount(record)).toBe(1);
  });

  test('pages again for the next trouble', () => {
    const record = run([target, probe()], [ill(10, 20), ill(40, 50)]);
    expect(heard(record)).toEqual(['12 /page', '20 /all-clear', '42 /page', '50 /all-clear']);
    expect(actedCount(record)).toBe(2);
  });

  test('forgives fewer failures than that', () => {
    const record = run([target, probe()], [ill(10, 12), ill(13, 15)]);
    expect(heard(record)).toEqual([]);
    expect(actedCount(record)).toBe(0);
    expect(heard(run([target, probe({ failuresInRow: 1 })], [ill(10, 11)]))).toEqual(['10 /page', '11 /all-clear']);
  });

  test('takes silence for a failure, after its patience', () => {
    // Each failing probe takes 5 s, and the next turn begins when it has ended: 10:00, 11:05, 12:10.
    expect(heard(run([target, probe()], [ill(10, 30, hang())]))[0]).toBe('12.3 /page');
  });

  test('judges by the statuses that it is told', () => {
    const passes = ['2xx', '3xx', '4xx', '5xx'] as const;
    expect(heard(run([target, probe({ passes })], [ill(10, 30)]))).toEqual([]);
  });

  test('says what is wrong and whether that is somebody else’s', () => {
    const bodies: unknown[] = [];
    const listening = standIn('people', 'people', {
      answer: ({ body }) => {
        bodies.push(body);
        return { status: 202 };
      },
    });
    runScenario(rehearsal([target, listening, probe()], nothing, { faults: [ill(10, 30)] }), { seed: 1 });
    expect(bodies[0]).toEqual({ alert: 'auth is down', aboutDependency: true });
  });
});

/** Shows a number that grows by `growth(minute)` in each minute. */
function counting(name: string, pool: string, growth: (minute: number) => number): HostSpec {
  return standIn(name, pool, {
    answer: (_request, nowMs) => {
      let count = 0;
      for (let minute = 0; minute < Math.floor(nowMs / MINUTE_MS); minute++) count += growth(minute);
      return { status: 200, body: { count } };
    },
  });
}

const GROWTH: GrowthAlertOptions = {
  alert: 'growing',
  pools: ['app'],
  path: '/metrics',
  member: 'count',
  periodMs: 5 * MINUTE_MS,
  thresholdPerPeriod: 5,
  badPeriodsInRow: 1,
  operator: 'people',
  actedAs: 'a-growth-alert',
};

describe('an alert on growth', () => {
  function alert(options: Partial<GrowthAlertOptions> = {}): HostSpec {
    return cast({ name: 'alert', pool: 'monitoring', role: growthAlert, options: { ...GROWTH, ...options } });
  }
  const from = (first: number, until: number, perMinute: number) => (minute: number) =>
    minute >= first && minute < until ? perMinute : 0;

  test('pages when the number grows as fast as its threshold, and tells when that is over', () => {
    expect(heard(run([counting('app-1', 'app', from(10, 20, 1)), alert()]))).toEqual(['15 /page', '25 /all-clear']);
  });

  test('is silent below it', () => {
    expect(heard(run([counting('app-1', 'app', from(0, 60, 0.8)), alert()]))).toEqual([]);
  });

  test('adds up all instances of all its pools', () => {
    const hosts = [
      counting('app-1', 'app', from(10, 20, 0.4)),
      counting('app-2', 'app', from(10, 20, 0.4)),
      counting('web-1', 'web', from(10, 20, 0.4)),
    ];
    expect(heard(run([...hosts, alert()]))).toEqual([]);
    expect(heard(run([...hosts, alert({ pools: ['app', 'web'] })]))).toEqual(['15 /page', '25 /all-clear']);
  });

  test('waits for as many bad periods in a row as told', () => {
    const once = counting('app-1', 'app', from(10, 15, 1));
    const twice = counting('app-1', 'app', from(10, 20, 1));
    expect(heard(run([once, alert({ badPeriodsInRow: 2 })]))).toEqual([]);
    expect(heard(run([twice, alert({ badPeriodsInRow: 2 })]))[0]).toBe('20 /page');
  });

  test('counts from zero again after a restart, where the number has begun anew', () => {
    // 3 a period all the time; begun anew at 52 min, it stands at 1.8 three minutes later.
    const count = (minute: number): number => (minute < 52 ? minute : minute - 52) * 0.6;
    const restarting = standIn('app-1', 'app', {
      answer: (_, nowMs) => ({ status: 200, body: { count: count(nowMs / MINUTE_MS) } }),
    });
    const heardAt = (thresholdPerPeriod: number) =>
      heard(run([restarting, alert({ thresholdPerPeriod })], [], nothing, 70 * MINUTE_MS));
    expect(heardAt(1.7)).toEqual(['5 /page']);
    expect(heardAt(1.9)).toEqual(['5 /page', '55 /all-clear', '60 /page']);
    expect(heardAt(3.1)).toEqual([]);
  });

  test('passes over an instance that does not answer, and does not take its silence for a fall', () => {
    const faults = [
      bindFault(hang(), { id: 'silent', target: 'app-1', fromMs: 12 * MINUTE_MS, untilMs: 33 * MINUTE_MS }),
    ];
    const hosts = [counting('app-1', 'app', from(0, 60, 0.5)), counting('app-2', 'app', from(0, 60, 0.1))];
    // 0.6 a minute are 3 a period; when app-1 is back its growth of 25 minutes comes in one. Each silence costs a second.
    expect(heard(run([...hosts, alert()], faults))).toEqual(['35.1 /page', '40.1 /all-clear']);
  });
});

describe('a machine that cycles pools by itself', () => {
  const platform = cast({
    name: 'platform',
    pool: 'platform',
    role: orchestrator,
    options: { events: [], supervised: [] },
  });

  function cycler(options: Partial<AutoCycleOptions> = {}): HostSpec {
    const { pools, path, member, periodMs, thresholdPerPeriod } = GROWTH;
    const whole: AutoCycleOptions = {
      pools,
      path,
      member,
      periodMs,
      thresholdPerPeriod,
      orchestrator: 'platform',
      everyMs: MINUTE_MS,
      graceMs: 0,
      quietMs: HOUR_MS,
      actedAs: 'a-cycler',
      ...options,
    };
    return cast({ name: 'cycler', pool: 'monitoring', role: autoCycle, options: whole });
  }

  function restarted(record: RunRecord): readonly string[] {
    const notes = record.notes.filter(({ kind }) => kind === 'orchestrator.restarted');
    return notes.map(({ atMs, detail }) => `${Math.round(atMs / MINUTE_MS)} ${String(detail['instance'])}`);
  }

  const always = (perMinute: number) => () => perMinute;

  test('restarts the pool that is ill, instance by instance, and no other', () => {
    const hosts = [
      counting('app-1', 'app', always(1)),
      counting('app-2', 'app', always(0)),
      counting('web-1', 'web', always(0.5)),
      counting('web-2', 'web', always(0.4)),
      platform,
    ];
    const record = run([...hosts, cycler({ pools: ['app', 'web'] })]);
    expect(restarted(record)).toEqual(['5 app-1', '6 app-2']);
    expect(record.notes.find(({ kind }) => kind === 'mitigation.acted')?.detail).toMatchObject({
      mitigation: 'a-cycler',
      pool: 'app',
    });
  });

  test('leaves a pool alone for its quiet time, then begins again if it is still ill', () => {
    const hosts = [counting('app-1', 'app', always(1)), platform, cycler({ quietMs: 20 * MINUTE_MS })];
    expect(restarted(run(hosts))).toEqual(['5 app-1', '25 app-1', '45 app-1']);
    expect(actedCount(run(hosts))).toBe(3);
  });

  test('does nothing while all is well', () => {
    expect(restarted(run([counting('app-1', 'app', always(0.9)), platform, cycler()]))).toEqual([]);
  });
});
