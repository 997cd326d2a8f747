import { describe, expect, test } from 'vitest';
import { cast, type Process, type World } from '../../simulator/contract/index.ts';
import { runScenario, type RunRecord } from '../../simulator/virtual/index.ts';
import { ask, rehearsal, standIn } from '../rehearsal.ts';
import { operator, type OperatorOptions } from './index.ts';

const MINUTE_MS = 60_000;

const RESPONSE = {
  atMs: 300 * MINUTE_MS,
  label: 'restart',
  actions: [{ kind: 'restart' as const, pool: 'app', everyMs: MINUTE_MS, graceMs: 0 }],
};
const OPTIONS: OperatorOptions = {
  orchestrator: 'hands',
  response: [RESPONSE],
  reports: { thresholdCount: Infinity, triageMs: 0 },
  onPage: { reactionMedianMs: 5 * MINUTE_MS, reactionSigma: 0, rightActionProbability: 1 },
};

type Script = (world: World) => Process<void>;

/** What the people did, in minutes, and why. */
function acted(script: Script, options: Partial<OperatorOptions> = {}): readonly string[] {
  return deeds(run(script, options));
}

function run(script: Script, options: Partial<OperatorOptions>): RunRecord {
  const people = cast({ name: 'people', pool: 'people', role: operator, options: { ...OPTIONS, ...options } });
  const hosts = [people, standIn('hands', 'platform')];
  return runScenario(rehearsal(hosts, script, { endMs: 200 * MINUTE_MS }), { seed: 1 });
}

function deeds(record: RunRecord): readonly string[] {
  return record.notes
    .filter(({ kind }) => kind === 'operator.acted')
    .map(
      ({ atMs, detail }) => `${Math.round(atMs / MINUTE_MS)} ${String(detail['label'])} (${String(detail['because'])})`,
    );
}

const tell = (world: World, path: string, body: unknown = {}) => ask(world, 'people', { method: 'POST', path, body });

function paging(page: object, clearedAtMinute = Infinity): Script {
  return function* (world) {
    yield* world.timers.sleepUntil(10 * MINUTE_MS);
    yield* tell(world, '/page', page);
    if (clearedAtMinute === Infinity) return;
    yield* world.timers.sleepUntil(clearedAtMinute * MINUTE_MS);
    yield* tell(world, '/all-clear', page);
  };
}

const symptom = { alert: 'ill', aboutDependency: false };

describe('a page that stands while it is ill', () => {
  test('has the response given again half an hour later when it has not helped, and again', () => {
    expect(acted(paging({ ...symptom, standsWhileIll: true })).slice(0, 3)).toEqual([
      '15 restart (page)',
      '45 restart (page, still ill)',
      '75 restart (page, still ill)',
    ]);
  });

  test('has it given once when it clears meanwhile', () => {
    expect(acted(paging({ ...symptom, standsWhileIll: true }, 40))).toEqual(['15 restart (page)']);
  });

  test('another page, which says nothing about that, has it given once', () => {
    expect(acted(paging(symptom))).toEqual(['15 restart (page)']);
  });
});

describe('a page with advice', () => {
  const runbook = [{ atMs: 0, label: 'drain', actions: [] }];

  test('is followed in place of the published response, which still comes at its moment', () => {
    const response = [{ ...RESPONSE, atMs: 100 * MINUTE_MS }];
    expect(acted(paging({ ...symptom, runbook }), { response })).toEqual([
      '15 drain (page)',
      '100 restart (published)',
    ]);
  });

  test('is not followed by whoever takes another action', () => {
    const onPage = { ...OPTIONS.onPage, rightActionProbability: 0 };
    expect(acted(paging({ ...symptom, runbook }), { onPage })).toEqual([]);
  });
});

describe('reports that a machine counts', () => {
  const reports = { ...OPTIONS.reports, paging: { count: 3, withinMs: 30 * MINUTE_MS, actedAs: 'reports' } };

  function reporting(...minutes: readonly number[]): Script {
    return function* (world) {
      for (const minute of minutes) {
        yield* world.timers.sleepUntil(minute * MINUTE_MS);
        yield* tell(world, '/report');
      }
    };
  }

  test('page with the third within half an hour', () => {
    const record = run(reporting(1, 40, 50, 60), { reports });
    expect(deeds(record)).toEqual(['65 restart (page)']);
    expect(record.notes.filter(({ kind }) => kind === 'mitigation.acted')).toHaveLength(1);
  });

  test('do not when they are further apart, or when nobody counts', () => {
    expect(acted(reporting(1, 30, 32, 61), { reports })).toEqual([]);
    expect(acted(reporting(1, 2, 3))).toEqual([]);
  });
});
