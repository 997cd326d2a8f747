import { describe, expect, it } from 'vitest';
import { cytracom } from '../../../scenarios/cytracom-2021-03-16/incident.ts';
import { napta } from '../../../scenarios/napta-2025-12-19/incident.ts';
import { uniflow } from '../../../scenarios/uniflow-2024-09-09/incident.ts';
import {
  hostsOf,
  isNotApplicable,
  withRole,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import {
  defaultValues,
  RecordView,
  runTrial,
  type Timetable,
  type Trial,
} from '../../../simulator/experiment/index.ts';
import { runScenario } from '../../../simulator/virtual/index.ts';
import { backend } from '../../backend/index.ts';
import { keyRingOnePhase, keyRingTwoPhase } from './key-ring.ts';
import { serverSideSessions } from './server-side-sessions.ts';
import { statelessJwtSession } from './stateless-jwt-session.ts';

const SEEDS = [1, 2];
const MINUTE_MS = 60_000;

const trials = new Map<string, Trial>();

/** Each run once: they are many, and the same for every claim about them. */
function run(timetable: Timetable, mitigation: Mitigation | undefined, seed = 1): Trial {
  const name = `${timetable}/${mitigation?.id ?? ''}/${seed}`;
  const mitigations = mitigation === undefined ? [] : [mitigation];
  const trial = trials.get(name) ?? runTrial({ incident: uniflow, timetable, seed, mitigations, assumptions: {} });
  trials.set(name, trial);
  return trial;
}

function goodDayOf(applied: Scenario | NotApplicable, seed: number): RecordView {
  if (isNotApplicable(applied)) throw new Error(applied.notApplicable);
  return new RecordView(runScenario(applied, { seed }));
}

const goodDay = uniflow.fairWeather(defaultValues(uniflow));
const harm = (view: RecordView): number => view.disruptedUserMinutes(uniflow.populations);

describe.each([keyRingTwoPhase, keyRingOnePhase, serverSideSessions, statelessJwtSession])('$id', (mitigation) => {
  it('stays clean through all three scaling events, and says how often it was needed', () => {
    const { measures, actions } = run('scored', mitigation);
    expect(measures).toMatchObject({ disruptedUserMinutes: 0, signOuts: 0, failedIntentions: 0 });
    expect(actions[mitigation.id]).toBeGreaterThan(100);
  });

  it('has no object without a session cookie, nor where no two instances share one', () => {
    const objectionIn = (incident: typeof napta): unknown => {
      return mitigation.apply(incident.scored(defaultValues(incident), 'published'));
    };
    expect(objectionIn(napta)).toEqual({ notApplicable: 'no session cookie here' });
    expect(objectionIn(cytracom)).toEqual({ notApplicable: 'no two instances share their sessions here' });
  });

  it('cannot be rolled out where nothing is deployed', () => {
    const scored = uniflow.scored(defaultValues(uniflow), 'published');
    expect(mitigation.rollOut!(scored)).toEqual({ notApplicable: 'nothing is deployed on this day' });
  });
});

describe('a rotation of the session key on a good day', () => {
  it('in two phases costs nobody anything, and is at work all the time', () => {
    for (const seed of SEEDS) {
      const { measures, actions, view } = run('fair-weather', keyRingTwoPhase, seed);
      expect(measures).toMatchObject({ disruptedUserMinutes: 0, signOuts: 0, forcedSignIns: 0, failedIntentions: 0 });
      expect(actions[keyRingTwoPhase.id]).toBeGreaterThan(100);
      // Four roles in each of nine stamps, three times; with the one that the scale-out adds before the third.
      expect(view.notes('orchestrator.restarted')).toHaveLength(3 * 36 + 1);
    }
  });

  it('in one phase is worse than none', () => {
    for (const seed of SEEDS) {
      const { measures } = run('fair-weather', keyRingOnePhase, seed);
      expect(run('fair-weather', undefined, seed).measures).toMatchObject({ disruptedUserMinutes: 0, signOuts: 0 });
      expect(measures.disruptedUserMinutes).toBeGreaterThan(0);
      expect(measures.signOuts).toBeGreaterThan(0);
    }
  });

  it('in one phase hits far more people where cookies are sealed anew on read, in two phases still nobody', () => {
    const resigning = withRole(goodDay, backend, (options) => {
      return options.session === undefined
        ? options
        : { ...options, session: { ...options.session, resignOnRead: true } };
    });
    const onePhase = SEEDS.map((seed) => harm(goodDayOf(keyRingOnePhase.rollOut!(resigning), seed)));
    const plain = SEEDS.map((seed) => harm(goodDayOf(keyRingOnePhase.rollOut!(goodDay), seed)));
    const sum = (list: readonly number[]): number => list.reduce((total, each) => total + each, 0);
    expect(sum(onePhase)).toBeGreaterThan(3 * sum(plain));
    expect(harm(goodDayOf(keyRingTwoPhase.rollOut!(resigning), 1))).toBe(0);
  });

  it('in two phases hurts when the old key goes with the second deploy, before its last session has ended', () => {
    const applied = keyRingTwoPhase.rollOut!(goodDay);
    if (isNotApplicable(applied)) throw new Error(applied.notApplicable);
    const hasty = withRole(applied, backend, (options) => {
      const { session } = options;
      const { rotation } = session!;
      const [first, second] = rotation!.phases;
      const phases = [first!, { ...second!, ring: ['new'] as const }];
      return { ...options, session: { ...session!, rotation: { ...rotation!, phases } } };
    });
    expect(harm(goodDayOf(hasty, 1))).toBeGreaterThan(50);
  });

  it('leaves out what does not fit into the day', () => {
    const short: Scenario = { ...goodDay, endMs: goodDay.endMs - 90 * MINUTE_MS };
    const applied = keyRingTwoPhase.rollOut!(short);
    if (isNotApplicable(applied)) throw new Error(applied.notApplicable);
    const [instance] = hostsOf(applied, backend);
    expect(instance!.options.session!.rotation!.phases.map(({ ring }) => ring)).toEqual([
      ['old', 'new'],
      ['new', 'old'],
    ]);
  });
});

describe('a store of sessions', () => {
  it('takes everybody’s session with it while it fails on a good day', () => {
    const { view, faultHits } = run('fair-weather', serverSideSessions);
    const fault = goodDay.faults[0]!;
    const during = { fromMs: fault.fromMs, untilMs: fault.untilMs + MINUTE_MS };
    expect(faultHits['fair-weather-dependency-session-store']).toBeGreaterThan(0);
    expect(view.total('user.attempts', { outcome: 'server-error' }, during)).toBeGreaterThan(20);
    expect(view.disruptedUserMinutes(uniflow.populations, during)).toBeGreaterThan(50);
    // Nobody is signed out by it: what cannot be looked up is not taken away.
    expect(view.total('user.sign-outs', {}, during)).toBe(0);
  });

  it('is asked for every page', () => {
    const { view } = run('scored', serverSideSessions);
    const pages = view.total('user.attempts', { request: 'page', outcome: 'ok' });
    expect(view.total('store.requests', { method: 'GET' })).toBeGreaterThanOrEqual(pages);
    expect(pages).toBeGreaterThan(10_000);
  });
});

describe('a session that its owner has ended', () => {
  const revoked = (mitigation: Mitigation, timetable: Timetable) =>
    run(timetable, mitigation).exposure.find(({ kind }) => kind === 'revoked-session');

  it('is admitted until it expires where a token says it all, and never where a store is asked', () => {
    const token = revoked(statelessJwtSession, 'scored')!;
    const lifetimeMs = defaultValues(uniflow)['sessionLifetimeMs']!;
    expect(token.longestAdmittedMs).toBeGreaterThan(0.95 * lifetimeMs);
    expect(token.longestAdmittedMs).toBeLessThanOrEqual(lifetimeMs);
    const stored = revoked(serverSideSessions, 'scored')!;
    expect(stored).toMatchObject({ admittedCount: 0, longestAdmittedMs: 0 });
    expect(stored.attemptedCount).toBeGreaterThan(50);
    expect(revoked(serverSideSessions, 'fair-weather')).toMatchObject({ admittedCount: 0 });
  });

  it('is not asked about where sessions stay what they were', () => {
    expect(revoked(keyRingTwoPhase, 'scored')).toBeUndefined();
  });
});
