import { describe, expect, it } from 'vitest';
import { cast, type Process, type Request, type Role, type Scenario, type World } from '../contract/index.ts';
import { runScenario } from '../virtual/index.ts';
import { failureStory, type StoryInput } from './explain-failure.ts';

type Script = (world: World) => Process<void>;
const script: Role<Script> = { name: 'script', privileged: true, main: (world, run) => run(world) };

const asked: Request = { method: 'GET', path: '/page', source: 'ann', chain: 'ann', key: 1 };

/** An edge before two instances; the story of the first call of `ann`. */
function storyOf(scripts: Readonly<Record<string, Script>>, faults: StoryInput['faults'] = [], baseMs = 1) {
  const scenario: Scenario = {
    id: 'chain',
    cast: Object.entries(scripts).map(([name, options]) => cast({ name, pool: name, role: script, options })),
    faults: [],
    links: { default: { baseMs, jitterMeanMs: 0 } },
    windows: [{ fromMs: 0, untilMs: 600_000 }],
    endMs: 600_000,
  };
  const record = runScenario(scenario, { seed: 1, follow: 'ann' });
  const authLoad = { byMinute: [120], capacityPerSecond: 4 };
  const input: StoryInput = { record, faults, user: 'ann', authLoad, write: (atMs) => `+${atMs}` };
  return failureStory(
    input,
    record.story!.calls.find(({ parent }) => parent === null)!,
  );
}

const ann = (timeoutMs = 60_000): Script =>
  function* (world) {
    yield* world.timers.sleep(100_000);
    const { status } = yield* world.network.call('edge', asked, { timeoutMs });
    world.journal.step('ann', `got ${status}`);
    yield* world.timers.sleep(1_000);
    yield* world.network.call('edge', asked);
    world.journal.step('ann', 'tried again');
  };

/** Asks instance a, then instance b when a fails. */
const edge: Script = function* (world) {
  world.network.listen(function* (request) {
    world.journal.step(request.chain, 'tries a, then b');
    const first = yield* world.network.call('a', request);
    return first.status === 200 ? first : yield* world.network.call('b', request);
  });
};

const answering = (status: number): Script =>
  function* (world) {
    world.network.listen(function* (request) {
      yield* world.timers.sleep(5);
      world.journal.step(request.chain, `answers ${status}`);
      return { status };
    });
    world.journal.note('opened');
  };

const platform = (restartAtMs: number): Script =>
  function* (world) {
    yield* world.timers.sleep(restartAtMs - 10_000);
    world.journal.note('orchestrator.began', { label: 'deploy' });
    yield* world.timers.sleep(10_000);
    yield* world.hosts!.stop('b', 0);
    world.hosts!.start('b');
    world.journal.note('orchestrator.restarted', { instance: 'b' });
    yield* world.timers.sleep(10_000);
    world.journal.note('orchestrator.ended', { label: 'deploy' });
  };

describe('the chain of a failed request', () => {
  it('follows it through the edge to the last instance that failed it', () => {
    const story = storyOf({ a: answering(503), b: answering(401), edge, ann: ann() });
    expect(story).toMatchObject({ outcome: '401', culprit: 'b', at: '+100000' });
    expect(story.steps.map(({ depth, host, text, outcome }) => [depth, host, text, outcome])).toEqual([
      [0, 'ann', 'asks edge: GET /page', '401'],
      [1, 'edge', 'tries a, then b', undefined],
      [1, 'edge', 'asks a: GET /page', '503'],
      [2, 'a', 'answers 503', undefined],
      [1, 'edge', 'asks b: GET /page', '401'],
      [2, 'b', 'answers 401', undefined],
      [0, 'ann', 'got 401', undefined],
    ]);
    expect(story.steps[2]!.durationMs).toBe(7);
  });

  it('keeps the order of cause and effect where the network takes no time', () => {
    const story = storyOf({ a: answering(503), b: answering(401), edge, ann: ann() }, [], 0);
    expect(story.steps.slice(0, 3).map(({ atMs, text }) => [atMs, text])).toEqual([
      [100_000, 'asks edge: GET /page'],
      [100_000, 'tries a, then b'],
      [100_000, 'asks a: GET /page'],
    ]);
  });

  it('blames the edge itself when all behind it went well', () => {
    const turning: Script = function* (world) {
      world.network.listen(function* (request) {
        yield* world.network.call('a', request);
        return { status: 502 };
      });
    };
    expect(storyOf({ a: answering(200), edge: turning, ann: ann() })).toMatchObject({
      culprit: 'edge',
      outcome: '502',
    });
  });

  it('blames whoever never answered, and says who stopped waiting', () => {
    const hanging: Script = function* (world) {
      world.network.listen(function* () {
        yield* world.timers.sleep(Infinity);
        return { status: 200 };
      });
    };
    const story = storyOf({ a: hanging, b: answering(200), edge, ann: ann(2_000) });
    expect(story).toMatchObject({ culprit: 'a', outcome: 'no answer in time' });
    expect(story.steps.map(({ outcome }) => outcome)).toContain('no answer');
    const impatient: Script = function* (world) {
      yield* world.tasks.timeout(500, world.network.call('edge', asked));
    };
    expect(storyOf({ a: hanging, edge, ann: impatient }).outcome).toBe('no answer, the caller stopped waiting');
  });

  it('counts the connections dropped at a full door', () => {
    const full: Script = function* (world) {
      world.network.listen(() => answerLate(world), { concurrency: 0, queueLimit: 0, overflow: 'drop' });
    };
    const { steps } = storyOf({ edge: full, ann: ann(10_000) });
    expect(steps[0]).toMatchObject({
      text: 'asks edge: GET /page (connection dropped at a full door 4 times)',
      outcome: 'no answer in time',
    });
  });

  it('begins the instance’s past with its last start, and keeps what the platform was doing to it then', () => {
    const scripts = { a: answering(401), b: answering(401), edge, platform: platform(50_000), ann: ann() };
    const { instance } = storyOf(scripts);
    expect(instance).toMatchObject({ host: 'b', startedAtMs: 50_000 });
    expect(instance.notes.map(({ atMs, host, kind }) => [atMs, host, kind])).toEqual([
      [40_000, 'platform', 'orchestrator.began'],
      [50_000, 'platform', 'orchestrator.restarted'],
      [50_000, 'b', 'opened'],
    ]);
    expect(storyOf({ ...scripts, platform: platform(200_000) }).instance.notes).toMatchObject([{ atMs: 0, host: 'b' }]);
  });

  it('names the faults that were on while something befell the instance, and no others', () => {
    const on = (id: string, fromMs: number, untilMs: number): StoryInput['faults'][number] => {
      return { id, mechanism: 'status', target: 'b', fromMs, untilMs, sentence: id, wrap: (inner) => inner };
    };
    const faults = [on('at-start', 49_000, 51_000), on('at-request', 99_000, 101_000), on('over', 10_000, 20_000)];
    const scripts = { a: answering(401), b: answering(401), edge, platform: platform(50_000), ann: ann() };
    expect(storyOf(scripts, faults).faults).toEqual([
      { id: 'at-start', sentence: 'at-start', from: '+49000', until: '+51000', feltBy: 'instance' },
    ]);
  });

  it('says what the auth service was asked in the minute of the request, as a share of its capacity', () => {
    const quick: Script = function* (world) {
      yield* world.timers.sleep(1_000);
      yield* world.network.call('edge', asked);
    };
    const story = storyOf({ a: answering(401), b: answering(401), edge, ann: quick });
    expect(story.authLoad).toEqual({ requestsInMinute: 120, capacityRatio: 0.5 });
  });
});

function* answerLate(world: World): Process<{ status: number }> {
  yield* world.timers.sleep(1);
  return { status: 200 };
}
