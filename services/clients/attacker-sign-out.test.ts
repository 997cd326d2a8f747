import { describe, expect, test } from 'vitest';
import { cast, type HostSpec } from '../../simulator/contract/index.ts';
import { RecordView } from '../../simulator/experiment/index.ts';
import { exposureOf } from '../../simulator/experiment/exposure.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { backend, defaultBackendOptions, type SessionStoreUse } from '../backend/index.ts';
import { rehearsal } from '../rehearsal.ts';
import { defaultSessionStoreOptions, sessionStore } from '../session-store/index.ts';
import { attacker } from './attacker.ts';

const MINUTE_MS = 60_000;
const USE: SessionStoreUse = { host: 'store', timeoutMs: 1_000, onFailure: 'unavailable', actedAs: 'stored' };

function app(use: SessionStoreUse | undefined): HostSpec {
  const session = { secrets: ['s'] as const, destructiveRejection: true, resignOnRead: false, loginState: true };
  const kept = use === undefined ? {} : { store: use };
  const options = {
    ...defaultBackendOptions,
    idp: { host: 'none', issuer: 'none', audience: 'none' },
    bootMs: 0,
    session: { ...session, lifetimeMs: 23 * MINUTE_MS, ...kept },
  };
  return cast({ name: 'app', pool: 'app', role: backend, options });
}

function finding(use: SessionStoreUse | undefined, signsOutFromMs: number | undefined) {
  const asked = signsOutFromMs === undefined ? {} : { signsOutFromMs };
  const options = { everyMs: 5 * MINUTE_MS, cookies: { edge: 'app', path: '/app/page', ...asked } };
  const hosts = [
    app(use),
    cast({ name: 'store', pool: 'store', role: sessionStore, options: defaultSessionStoreOptions }),
    cast({ name: 'attacker', pool: 'attackers', role: attacker, options }),
  ];
  function* nothing() {}
  const record = runScenario(rehearsal(hosts, nothing, { endMs: 120 * MINUTE_MS }), { seed: 1 });
  const view = new RecordView(record);
  const found = exposureOf(view).find(({ kind }) => kind === 'revoked-session');
  return { found, requests: view.total('store.requests') };
}

describe('a copied cookie whose owner has signed out', () => {
  test('opens pages until the session would have ended where all of it is in the cookie', () => {
    const { found } = finding(undefined, 0);
    // At once and after 5, 10, 15 and 20 minutes; refused at 25.
    expect(found!.admittedCount % 5).toBe(0);
    expect(found!.longestAdmittedMs).toBeGreaterThan(19 * MINUTE_MS);
    expect(found!.longestAdmittedMs).toBeLessThanOrEqual(23 * MINUTE_MS);
  });

  test('opens nothing where sessions are kept in a store, and asking weighs nothing there', () => {
    const { found, requests } = finding(USE, 0);
    expect(found!.admittedCount).toBe(0);
    expect(found!.attemptedCount).toBeGreaterThan(20);
    expect(requests).toBe(0);
  });

  test('is tried from the given moment on, and never when none is given', () => {
    expect(finding(undefined, undefined).found).toBeUndefined();
    const late = finding(USE, 60 * MINUTE_MS).found!;
    expect(late.attemptedCount).toBeLessThan(finding(USE, 0).found!.attemptedCount / 1.5);
  });
});
