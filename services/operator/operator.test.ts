import { describe, expect, test } from 'vitest';
import { cast, type World } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { ask, rehearsal, standIn, type Script } from '../rehearsal.ts';
import { operator, orchestrator, type DatedActions, type OperatorOptions } from './index.ts';
import type { Page } from './operator-options.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const restart = { kind: 'restart', pool: 'app', everyMs: 1_000, graceMs: 0 } as const;

/** Heard of at 2 h, restarted a quarter of an hour later, and once more to be sure. */
const RESPONSE: readonly DatedActions[] = [
  { atMs: 2 * HOUR_MS, label: 'detected', actions: [] },
  { atMs: 2 * HOUR_MS + 15 * MINUTE_MS, label: 'restart', actions: [restart] },
  { atMs: 2 * HOUR_MS + 45 * MINUTE_MS, label: 'again', actions: [restart] },
];

const OPTIONS: OperatorOptions = {
  orchestrator: 'platform',
  response: RESPONSE,
  reports: { thresholdCount: 3, triageMs: 12 * MINUTE_MS },
  onPage: { reactionMedianMs: 5 * MINUTE_MS, reactionSigma: 0, rightActionProbability: 1 },
};

function run(options: Partial<OperatorOptions>, script: Script, seed = 1): RunRecord {
  const hosts = [
    standIn('app-1', 'app'),
    cast({ name: 'platform', pool: 'platform', role: orchestrator, options: { events: [], supervised: [] } }),
    cast({ name: 'people', pool: 'people', role: operator, options: { ...OPTIONS, ...options } }),
  ];
  return runScenario(rehearsal(hosts, script, { endMs: 6 * HOUR_MS }), { seed });
}

/** What was done, when (in minutes) and why. */
function acted(record: RunRecord): readonly string[] {
  const notes = record.notes.filter(({ kind }) => kind === 'operator.acted');
  return notes.map(
    ({ atMs, detail }) => `${Math.round(atMs / MINUTE_MS)} ${String(detail['label'])} (${String(detail['because'])})`,
  );
}

function minutesOf(record: RunRecord, kind: string): readonly number[] {
  return record.notes.filter((note) => note.kind === kind).map(({ atMs }) => Math.round(atMs / MINUTE_MS));
}

const own: Page = { alert: 'login hangs', aboutDependency: false };
const provider: Page = { alert: 'provider down', aboutDependency: true };

/** Tells the people something at these minutes. */
function tell(...events: readonly (readonly [minute: number, path: string, page?: Page])[]): Script {
  return function* (world: World) {
    for (const [minute, path, body] of events) {
      yield* world.timers.sleepUntil(minute * MINUTE_MS);
      yield* ask(world, 'people', { method: 'POST', path, body });
    }
  };
}

const PUBLISHED = ['120 detected (published)', '135 restart (published)', '165 again (published)'];

describe('the published response', () => {
  test('is given at its moments, and its actions are carried out', () => {
    const record = run({}, tell());
    expect(acted(record)).toEqual(PUBLISHED);
    expect(minutesOf(record, 'orchestrator.restarted')).toEqual([135, 165]);
  });

  test('goes on to its next step although the one before takes long', () => {
    const long = { ...restart, everyMs: HOUR_MS };
    const response = [
      { ...RESPONSE[1]!, actions: [long] },
      { atMs: 3 * HOUR_MS, label: 'later', actions: [restart] },
    ];
    expect(acted(run({ response }, tell()))).toEqual(['135 restart (published)', '180 later (published)']);
  });
});

describe('a page', () => {
  test('with the right action brings the response forward from its first action on, as far apart as published, once', () => {
    const record = run({}, tell([30, '/page', own]));
    expect(acted(record)).toEqual(['35 restart (page)', '65 again (page)']);
    expect(minutesOf(record, 'orchestrator.restarted')).toEqual([35, 65]);
  });

  test('with the wrong action changes nothing: the published response stands', () => {
    const onPage = { ...OPTIONS.onPage, rightActionProbability: 0 };
    const record = run({ onPage }, tell([30, '/page', own]));
    expect(minutesOf(record, 'operator.reacted')).toEqual([35]);
    expect(acted(record)).toEqual(PUBLISHED);
  });

  test('that repeats one is no new chance: it is judged afresh only after an hour', () => {
    const repeated = run({}, tell([30, '/page', own], [60, '/page', own], [89, '/page', own], [91, '/page', own]));
    expect(minutesOf(repeated, 'operator.paged')).toEqual([30, 60, 89, 91]);
    expect(minutesOf(repeated, 'operator.reacted')).toEqual([35, 96]);
  });

  test('of another alert is judged by itself', () => {
    const record = run({}, tell([30, '/page', provider], [31, '/page', own]));
    expect(minutesOf(record, 'operator.reacted')).toEqual([35, 36]);
    expect(acted(record)).toEqual(['36 restart (page)', '66 again (page)']);
  });

  test('that comes when the response has begun changes nothing', () => {
    expect(acted(run({}, tell([121, '/page', own])))).toEqual(PUBLISHED);
    expect(acted(run({}, tell([30, '/page', own], [31, '/page', own])))).toEqual([
      '35 restart (page)',
      '65 again (page)',
    ]);
  });

  test('about a dependency waits for its all-clear', () => {
    const record = run({}, tell([30, '/page', provider], [90, '/all-clear', provider]));
    expect(minutesOf(record, 'operator.reacted')).toEqual([35]);
    expect(acted(record)).toEqual(['90 restart (page)', '120 again (page)']);
  });

  test('about a dependency that is well again before anybody reacted needs no further waiting', () => {
    const record = run({}, tell([30, '/page', provider], [32, '/all-clear', provider]));
    expect(acted(record)).toEqual(['35 restart (page)', '65 again (page)']);
  });

  test('about a dependency is not released by the all-clear of another alert', () => {
    const record = run({}, tell([30, '/page', provider], [40, '/all-clear', own], [60, '/all-clear', provider]));
    expect(acted(record)).toEqual(['60 restart (page)', '90 again (page)']);
  });

  test('about a dependency without an all-clear leaves the published response as it is', () => {
    expect(acted(run({}, tell([30, '/page', provider])))).toEqual(PUBLISHED);
  });

  test('about a dependency with the wrong action is answered at once, into the outage, and once more as published', () => {
    const onPage = { ...OPTIONS.onPage, rightActionProbability: 0 };
    const record = run({ onPage }, tell([30, '/page', provider], [90, '/all-clear', provider]));
    expect(acted(record)).toEqual(['35 restart (page, too early)', '65 again (page, too early)', ...PUBLISHED]);
    expect(minutesOf(record, 'orchestrator.restarted')).toEqual([35, 65, 135, 165]);
  });

  test('is answered rightly with its probability, and after the reaction time that was drawn for it', () => {
    const onPage = { reactionMedianMs: 5 * MINUTE_MS, reactionSigma: 0.5, rightActionProbability: 0.5 };
    let rightCount = 0;
    const reactionsMs: number[] = [];
    for (let seed = 1; seed <= 200; seed++) {
      const record = run({ onPage }, tell([30, '/page', own]), seed);
      const reacted = record.notes.find(({ kind }) => kind === 'operator.reacted')!;
      const right = reacted.detail['right'] === true;
      expect(acted(record)[0]!.endsWith(right ? '(page)' : '(published)')).toBe(true);
      if (right) rightCount++;
      reactionsMs.push(reacted.atMs - 30 * MINUTE_MS);
    }
    // 200 draws at one half: 100 ± 18 is a 99 % band.
    expect(rightCount).toBeGreaterThanOrEqual(82);
    expect(rightCount).toBeLessThanOrEqual(118);
    reactionsMs.sort((a, b) => a - b);
    // The median of 200 log-normal draws lies within exp(± 0.12) of the true one in 99 % of cases.
    expect(reactionsMs[100]! / (5 * MINUTE_MS)).toBeGreaterThan(0.88);
    expect(reactionsMs[100]! / (5 * MINUTE_MS)).toBeLessThan(1.13);
    expect(reactionsMs[0]!).toBeLessThan(2.5 * MINUTE_MS);
  });
});

describe('reports', () => {
  const reports = tell([10, '/report'], [20, '/report'], [30, '/report'], [40, '/report']);

  test('as many as the threshold make somebody look; what it is they know after the triage', () => {
    const record = run({}, reports);
    expect(minutesOf(record, 'operator.report')).toEqual([10, 20, 30, 40]);
    expect(minutesOf(record, 'operator.detected-by-reports')).toEqual([42]);
  });

  test('fewer make nobody look', () => {
    expect(minutesOf(run({}, tell([10, '/report'], [20, '/report'])), 'operator.detected-by-reports')).toEqual([]);
  });

  test('do not hasten the published response', () => {
    expect(acted(run({}, reports))).toEqual(PUBLISHED);
  });

  test('are all there is where people respond to reports: no published moment, and once', () => {
    expect(acted(run({ respondsTo: 'reports' }, reports))).toEqual([
      '42 detected (reports)',
      '57 restart (reports)',
      '87 again (reports)',
    ]);
    expect(acted(run({ respondsTo: 'reports' }, tell([10, '/report'])))).toEqual([]);
  });

  test('come second to a page that has begun the response', () => {
    const both = tell([10, '/report'], [20, '/report'], [25, '/page', own], [30, '/report']);
    expect(acted(run({ respondsTo: 'reports' }, both))).toEqual(['30 restart (page)', '60 again (page)']);
  });
});

test('what nobody understands is answered 404', () => {
  const statuses: number[] = [];
  run({}, function* (world) {
    statuses.push((yield* ask(world, 'people', { method: 'POST', path: '/elsewhere' })).status);
    statuses.push((yield* ask(world, 'people', { method: 'POST', path: '/report' })).status);
  });
  expect(statuses).toEqual([404, 202]);
});
