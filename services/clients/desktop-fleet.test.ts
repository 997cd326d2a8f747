import { describe, expect, test } from 'vitest';
import { cast, type Request, type Response } from '../../simulator/contract/index.ts';
import { binomialBand, RecordView } from '../../simulator/experiment/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { defaultIdpOptions, idp } from '../idp/index.ts';
import { instantly } from '../idp/rehearsal.ts';
import { rehearsal, standIn } from '../rehearsal.ts';
import { desktopFleet, type FleetClient, type FleetOptions } from './desktop-fleet.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const AWAKE = { midnightMs: 0, onFromHour: 6, onUntilHour: 8, offFromHour: 17, offUntilHour: 19, alwaysOnRatio: 1 };

function client(index: number, version: FleetClient['version'], expiresAtMs = 10 * MINUTE_MS): FleetClient {
  return { index, refreshToken: `refresh/desktop-${index}`, expiresAtMs, version };
}

const clients = (version: FleetClient['version'], count: number): FleetClient[] =>
  Array.from({ length: count }, (_, index) => client(index, version));

interface Stage extends Partial<Omit<FleetOptions, 'clients'>> {
  readonly clients: readonly FleetClient[];
  /** In place of an identity provider that knows all these tokens. */
  readonly answer?: (request: Request, nowMs: number) => Response;
  readonly endMs?: number;
}

function run({ answer, endMs = HOUR_MS, ...options }: Stage): RecordView {
  const preissued = options.clients.map(({ index, refreshToken, expiresAtMs }) => {
    const name = `desktop-${index}`;
    return { refreshToken, username: name, clientId: name, scope: 'openid', expiresAtMs };
  });
  const provider = cast({
    name: 'auth',
    pool: 'auth',
    role: idp,
    options: { ...defaultIdpOptions, serviceTimes: instantly, preissued },
  });
  const fleet: FleetOptions = {
    population: 'desktop',
    auth: 'auth',
    officeHours: AWAKE,
    retryMs: 6_000,
    timeoutMs: 60_000,
    ...options,
  };
  const hosts = [
    answer === undefined ? provider : standIn('auth', 'auth', { answer }),
    cast({ name: 'fleet', pool: 'clients', role: desktopFleet, options: fleet }),
  ];
  function* nothing() {}
  return new RecordView(runScenario(rehearsal(hosts, nothing, { endMs }), { seed: 1 }));
}

const requests = (view: RecordView, version: string): number => view.total('fleet.token-requests', { version });

describe('a client whose token has expired', () => {
  test('asks once when it is fixed, then waits for its user', () => {
    const view = run({ clients: clients('fixed', 50) });
    expect(requests(view, 'fixed')).toBe(50);
    expect(view.total('fleet.dead-tokens', { version: 'fixed' })).toBe(50);
    expect(view.total('fleet.token-replies', { version: 'fixed', outcome: '400' })).toBe(50);
  });

  test('asks again and again when it is old, a pause after each answer', () => {
    const view = run({ clients: clients('old', 50) });
    expect(requests(view, 'fixed')).toBe(0);
    expect(view.total('fleet.dead-tokens', { version: 'old' })).toBe(50);
    // From 10 to 11 min on, every 6 s and 2 ms, for 49 to 50 minutes: 490 to 500 each.
    expect(requests(view, 'old') / 50).toBeGreaterThan(490);
    expect(requests(view, 'old') / 50).toBeLessThan(500);
  });

  test('says nothing before', () => {
    const view = run({ clients: clients('old', 50) });
    expect(view.firstAtMs('fleet.token-requests')).toBeGreaterThanOrEqual(10 * MINUTE_MS);
    // Not all at one moment: each within a minute of its expiry.
    expect(view.byMinute('fleet.dead-tokens')[10]).toBe(50);
    expect(view.byMinute('fleet.token-requests')[10]).toBeGreaterThan(50);
    expect(view.byMinute('fleet.token-requests')[10]).toBeLessThan(400);
  });

  test('ends its loop when it is given tokens after all', () => {
    const answer = (_request: Request, nowMs: number): Response => ({ status: nowMs < 20 * MINUTE_MS ? 400 : 200 });
    const view = run({ clients: clients('old', 10), answer });
    expect(view.lastAtMs('fleet.token-requests')).toBeLessThan(20 * MINUTE_MS + 6_010);
    expect(view.total('fleet.token-replies', { outcome: '200' })).toBe(10);
  });

  test('fixed: tries again where nobody said that its token is dead', () => {
    const answer = (_request: Request, nowMs: number): Response => ({ status: nowMs < 12 * MINUTE_MS ? 429 : 400 });
    const view = run({ clients: clients('fixed', 10), answer });
    expect(view.total('fleet.token-replies', { version: 'fixed', outcome: '429' })).toBeGreaterThan(10);
    expect(view.total('fleet.token-replies', { version: 'fixed', outcome: '400' })).toBe(10);
  });

  test('is told apart by address and by client id, one of its own each', () => {
    const seen = new Set<string>();
    const answer = ({ source, body, path, method }: Request): Response => {
      seen.add(`${method} ${path} ${source} ${(body as { client_id: string }).client_id}`);
      return { status: 400 };
    };
    run({ clients: clients('fixed', 2), answer });
    expect([...seen].sort()).toEqual(['POST /token desktop-0 desktop-0', 'POST /token desktop-1 desktop-1']);
  });

  test('sleeps with its machine', () => {
    // On between 6 and 8, off between 17 and 19; the token dies at 16:00.
    const officeHours = { ...AWAKE, alwaysOnRatio: 0 };
    const view = run({ clients: [client(0, 'old', 16 * HOUR_MS)], officeHours, endMs: 48 * HOUR_MS });
    const byMinute = view.byMinute('fleet.token-requests');
    const between = (fromHour: number, untilHour: number): number =>
      byMinute.slice(fromHour * 60, untilHour * 60).reduce((sum, count) => sum + count, 0);
    expect(between(16, 17)).toBeGreaterThan(580);
    expect(between(19, 30)).toBe(0);
    expect(between(32, 41)).toBeGreaterThan(9 * 580);
    expect(between(43, 48)).toBe(0);
  });
});

describe('the fixed version', () => {
  test('ends the loop of an old client once that has taken it', () => {
    const adoption = { fromMs: 0, meanMs: 20 * MINUTE_MS, actedAs: 'fixed-client' };
    const view = run({ clients: clients('old', 300), adoption });
    // At minute 30 about exp(−1.5) of them still loop, ten times a minute.
    const share = view.byMinute('fleet.token-requests', { version: 'old' })[30]! / 10 / 300;
    expect(share).toBeGreaterThan(0.22 - 0.07);
    expect(share).toBeLessThan(0.22 + 0.07);
    expect(requests(view, 'fixed')).toBeGreaterThan(0);
    expect(requests(view, 'fixed')).toBeLessThanOrEqual(300);
    expect(view.notes('mitigation.acted').map(({ detail }) => detail)).toEqual([{ mitigation: 'fixed-client' }]);
  });

  test('is there from the beginning for those who took it before: they ask once', () => {
    const adoption = { fromMs: -14 * 24 * HOUR_MS, meanMs: 7 * 24 * HOUR_MS, actedAs: 'fixed-client' };
    const view = run({ clients: clients('old', 300), adoption, endMs: 20 * MINUTE_MS });
    const looping = view.byMinute('fleet.token-requests', { version: 'old' })[15]! / 10;
    const band = binomialBand(300, 0.135, 0.99);
    expect(looping).toBeGreaterThan(band.lowCount - 2);
    expect(looping).toBeLessThan(band.highCount + 2);
    expect(requests(view, 'fixed')).toBeGreaterThan(240);
  });

  test('changes nothing about clients that had it anyway, and then nobody has acted', () => {
    const adoption = { fromMs: 0, meanMs: 20 * MINUTE_MS, actedAs: 'fixed-client' };
    const view = run({ clients: clients('fixed', 20), adoption });
    expect(requests(view, 'fixed')).toBe(20);
    expect(view.notes('mitigation.acted')).toEqual([]);
  });

  test('loops like the old one when it is given its mistake', () => {
    expect(requests(run({ clients: clients('fixed', 10), fixedLoops: true }), 'fixed')).toBeGreaterThan(4_000);
  });
});
