import { describe, expect, test } from 'vitest';
import { cast, type Request, type Response, type World } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { defaultIdpOptions, idp } from '../idp/index.ts';
import { instantly } from '../idp/rehearsal.ts';
import { rehearsal, standIn, type Script } from '../rehearsal.ts';
import { desktopFleet, type FleetClient, type FleetOptions } from './desktop-fleet.ts';
import type { RetryOptions } from './retry/index.ts';
import { awsSdkStandard, grpcA6 } from './retry-presets/index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const CLIENTS = 100;

const AWAKE = { midnightMs: 0, onFromHour: 6, onUntilHour: 8, offFromHour: 17, offUntilHour: 19, alwaysOnRatio: 1 };

type Answer = (request: Request, nowMs: number) => Response;
const ALWAYS_DEAD: Answer = () => ({ status: 400 });

function* nothing() {}

function crowd(count: number, version: FleetClient['version'] = 'old', expiresAtMs = 0): readonly FleetClient[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    refreshToken: `refresh/${index}`,
    expiresAtMs,
    version,
  }));
}

/** All tokens die within the first minute; the moments at which something was asked. */
function storm(
  options: Partial<FleetOptions>,
  answer: Answer = ALWAYS_DEAD,
  endMs = HOUR_MS,
  script: Script = nothing,
) {
  const moments: number[] = [];
  const agents = new Set<string>();
  const heard = (request: Request, nowMs: number): Response => {
    moments.push(nowMs);
    agents.add(request.headers?.['user-agent'] ?? 'none');
    return answer(request, nowMs);
  };
  const fleet: FleetOptions = {
    population: 'desktop',
    auth: 'auth',
    officeHours: AWAKE,
    retryMs: 10_000,
    timeoutMs: 60_000,
    clients: crowd(CLIENTS),
    ...options,
  };
  const hosts = [
    standIn('auth', 'auth', { answer: heard }),
    cast({ name: 'fleet', pool: 'clients', role: desktopFleet, options: fleet }),
  ];
  const view = new RecordView(runScenario(rehearsal(hosts, script, { endMs }), { seed: 1 }));
  return { view, moments, agents, actions: (id: string) => view.total('mitigation.actions', { mitigation: id }) };
}

/** Most requests within any second from a moment on. */
function peak(moments: readonly number[], fromMs: number, untilMs = Infinity): number {
  let most = 0;
  const late = moments.filter((atMs) => atMs >= fromMs && atMs < untilMs);
  for (let first = 0, last = 0; last < late.length; last++) {
    while (late[last]! - late[first]! >= 1_000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

describe('a herd: everybody’s request fails at one moment', () => {
  /** The first hundred requests hang until a crash at minute 5 resets them all; from then on each is answered. Later moments. */
  function herd(retry: RetryOptions): readonly number[] {
    let count = 0;
    const answer = (): Response => (++count <= CLIENTS ? { status: 200, fate: 'hang' } : { status: 400 });
    function* crash(world: World) {
      yield* world.timers.sleepUntil(5 * MINUTE_MS);
      world.hosts!.crash('auth');
      yield* world.timers.sleep(1);
      world.hosts!.start('auth');
    }
    const { moments } = storm({ retry, timeoutMs: HOUR_MS }, answer, HOUR_MS, crash);
    return moments.filter((atMs) => atMs > 5 * MINUTE_MS);
  }

  const backOff = { baseMs: 10_000, capMs: HOUR_MS };

  test('without jitter it comes back as one, wave after wave, each as high as the crowd', () => {
    const moments = herd({ backOff: { kind: 'exponential', ...backOff } });
    // Pauses of 10, 20, 40 … s from the crash on: all hundred within a second, each time.
    for (const afterMs of [10_000, 30_000, 70_000, 150_000]) {
      const wave = 5 * MINUTE_MS + afterMs;
      expect(peak(moments, wave - 1_000, wave + 2_000)).toBe(CLIENTS);
    }
  });

  test('with full jitter no second sees more than a part of it, and ever less', () => {
    const moments = herd({ backOff: { kind: 'full-jitter', ...backOff } });
    // A hundred spread over ten seconds: ten a second. Thirty would be more than six standard deviations above.
    expect(peak(moments, 5 * MINUTE_MS)).toBeLessThan(40);
    expect(peak(moments, 10 * MINUTE_MS)).toBeLessThan(12);
    expect(moments.length).toBeGreaterThan(CLIENTS);
  });
});

describe('amplification: requests for each dead token in a day', () => {
  const few = crowd(10);
  const perClient = (retry?: RetryOptions): number =>
    storm(retry === undefined ? { clients: few } : { clients: few, retry }, ALWAYS_DEAD, DAY_MS).moments.length / 10;

  test('without a budget a client asks as often as its pause permits', () => {
    // 86,400 s / 10 s, less the first minute.
    expect(perClient()).toBeGreaterThan(8_600);
  });

  test('AWS’s budget bounds it: one, a hundred retries, and one an hour', () => {
    const count = perClient({ budget: awsSdkStandard.budget! });
    expect(count).toBeLessThanOrEqual(1 + 100 + 24);
    expect(count).toBeGreaterThan(1 + 100 + 20);
  });

  test('so does gRPC’s: one, four retries, and one an hour', () => {
    const count = perClient({ budget: grpcA6.budget! });
    expect(count).toBeLessThanOrEqual(1 + 4 + 24);
    expect(count).toBeGreaterThan(1 + 4 + 20);
  });

  test('a budget is in memory: a machine that was switched off has a new one', () => {
    const officeHours = { ...AWAKE, alwaysOnRatio: 0 };
    const run = (days: number) =>
      storm({ retry: { budget: grpcA6.budget!, occasionMs: 100 * DAY_MS }, officeHours }, ALWAYS_DEAD, days * DAY_MS);
    expect(run(1).moments.length / CLIENTS).toBe(5);
    expect(run(3).moments.length / CLIENTS).toBe(15);
  });

  test('a breaker of a minute makes it one a minute', () => {
    const count = perClient({ breaker: { failuresInRow: 5, openMs: MINUTE_MS } });
    expect(count).toBeGreaterThan(1_430);
    expect(count).toBeLessThanOrEqual(1_445);
  });
});

describe('parts of one client', () => {
  const singleFlight = { actedAs: 'single-flight' };

  test('multiply its requests, and one flight for all of them takes that back exactly', () => {
    const one = storm({}).moments.length;
    expect(storm({ parts: 3 }).moments.length).toBe(3 * one);
    const flown = storm({ parts: 3, singleFlight });
    expect(flown.moments.length).toBe(one);
    expect(flown.actions('single-flight')).toBe(1);
    expect(storm({ singleFlight }).actions('single-flight')).toBe(0);
  });

  test('race for a live token: one wins, the others look like theft, and the family is revoked', () => {
    const preissued = [
      { refreshToken: 'refresh/0', username: 'u', clientId: 'desktop-0', scope: 's', expiresAtMs: DAY_MS },
    ];
    const auth = cast({
      name: 'auth',
      pool: 'auth',
      role: idp,
      options: { ...defaultIdpOptions, serviceTimes: instantly, preissued },
    });
    const revoked = (options: Partial<FleetOptions>): number => {
      const fleet: FleetOptions = {
        population: 'desktop',
        auth: 'auth',
        officeHours: AWAKE,
        retryMs: 10_000,
        timeoutMs: 60_000,
        clients: [{ index: 0, refreshToken: 'refresh/0', expiresAtMs: 0, version: 'fixed' }],
        parts: 3,
        ...options,
      };
      const hosts = [auth, cast({ name: 'fleet', pool: 'clients', role: desktopFleet, options: fleet })];
      return new RecordView(runScenario(rehearsal(hosts, nothing), { seed: 1 })).total('idp.families-revoked');
    };
    expect(revoked({})).toBe(1);
    expect(revoked({ singleFlight })).toBe(0);
  });
});

describe('a kill-switch', () => {
  const killSwitch = { fromMs: 10 * MINUTE_MS, pollMs: 20 * MINUTE_MS, actedAs: 'switch' };

  test('ends the loops of old clients one by one, all within its polling time', () => {
    const { view, actions, moments } = storm({ killSwitch });
    const byMinute = view.byMinute('fleet.token-requests');
    expect(byMinute[8]).toBe(6 * CLIENTS);
    // Half-way through about half of them have looked.
    expect(byMinute[20]! / byMinute[8]!).toBeGreaterThan(0.3);
    expect(byMinute[20]! / byMinute[8]!).toBeLessThan(0.7);
    expect(moments.at(-1)).toBeLessThan(30 * MINUTE_MS + 10_000);
    expect(actions('switch')).toBe(CLIENTS);
  });

  test('is nothing to fixed clients, which ask once', () => {
    const clients = [{ index: 0, refreshToken: 'r', expiresAtMs: 40 * MINUTE_MS, version: 'fixed' as const }];
    const { moments, actions } = storm({ clients, killSwitch });
    expect(moments).toHaveLength(1);
    expect(actions('switch')).toBe(0);
  });
});

describe('what a client tells of itself', () => {
  test('is its version, and when it gives up if it is told to', () => {
    const deadlines: number[] = [];
    const answer: Answer = ({ headers }, nowMs) => {
      deadlines.push(Math.round(Number(headers!['x-deadline-ms']) - nowMs));
      return { status: 400 };
    };
    const { agents } = storm({ sendsDeadline: true }, answer, 2 * MINUTE_MS);
    // Sent 1 ms before it is heard, with a patience of a minute.
    expect(new Set(deadlines)).toEqual(new Set([59_999]));
    expect([...agents]).toEqual(['desktop/1']);
  });

  test('that it is too old it must have been built to understand: then it asks no more', () => {
    const upgrade: Answer = () => ({ status: 426 });
    expect(storm({ knowsUpgradeRequired: true }, upgrade).moments).toHaveLength(CLIENTS);
    expect(storm({}, upgrade).moments.length).toBeGreaterThan(300 * CLIENTS);
  });
});

test('a client that obeys Retry-After asks once in that time, one that does not as before', () => {
  const busy: Answer = () => ({ status: 429, headers: { 'retry-after': '60' } });
  const obeyed = storm({ retry: { retryAfter: { capMs: HOUR_MS } } }, busy).moments.length / CLIENTS;
  expect(obeyed).toBeGreaterThan(58);
  expect(obeyed).toBeLessThanOrEqual(60);
  expect(storm({}, busy).moments.length / CLIENTS).toBeGreaterThan(350);
});

test('tokens whose ends are spread die one after the other instead of together', () => {
  const clients = crowd(CLIENTS, 'fixed', 30 * MINUTE_MS);
  const minutes = (options: Partial<FleetOptions>) =>
    storm({ clients, ...options })
      .view.byMinute('fleet.dead-tokens')
      .filter((count) => count > 0);
  expect(minutes({})).toEqual([CLIENTS]);
  const spread = minutes({ expirySpreadMs: 20 * MINUTE_MS });
  // A hundred over forty minutes: two or three a minute.
  expect(Math.max(...spread)).toBeLessThan(12);
  expect(spread.length).toBeGreaterThan(30);
});
