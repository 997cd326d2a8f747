import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { cytracom } from '../../scenarios/cytracom-2021-03-16/incident.ts';
import { napta } from '../../scenarios/napta-2025-12-19/incident.ts';
import { uniflow } from '../../scenarios/uniflow-2024-09-09/incident.ts';
import { isNotApplicable, type HostSpec, type Mitigation, type Scenario } from '../../simulator/contract/index.ts';
import { applyAll, defaultValues, type Incident } from '../../simulator/experiment/index.ts';
import { mitigations } from './index.ts';

const incidents = [napta, cytracom, uniflow];
const control = new Map(
  incidents.map((incident) => [incident.id, incident.scored(defaultValues(incident), 'published')]),
);
const scenarioOf = (incident: Incident): Scenario => control.get(incident.id)!;

const named = (id: string): Mitigation => mitigations.find((mitigation) => mitigation.id === id)!;

function reasonIn(incident: Incident, mitigation: Mitigation): string | undefined {
  const applied = mitigation.apply(scenarioOf(incident));
  return isNotApplicable(applied) ? applied.notApplicable : undefined;
}

/** What differs: options of hosts by role, hosts added; everything else must be as it was. */
function changesOf(
  id: string,
  incident: Incident,
): { readonly roles: readonly string[]; readonly added: readonly HostSpec[] } {
  const before = scenarioOf(incident);
  const after = named(id).apply(before);
  if (isNotApplicable(after)) throw new Error(after.notApplicable);
  const roles = new Set<string>();
  for (const [index, host] of before.cast.entries()) {
    const now = after.cast[index]!;
    expect({ ...now, options: null }).toEqual({ ...host, options: null });
    if (!isDeepStrictEqual(now.options, host.options)) roles.add(host.role.name);
  }
  expect({ ...after, cast: null }).toEqual({ ...before, cast: null });
  return { roles: [...roles], added: after.cast.slice(before.cast.length) };
}

/** Members of the options of the first host of a role that differ, with their new values. */
function newMembers(id: string, incident: Incident, role: string): Record<string, unknown> {
  const before = scenarioOf(incident).cast.find((host) => host.role.name === role)!.options as Record<string, unknown>;
  const after = applyAll(scenarioOf(incident), [named(id)]).cast.find((host) => host.role.name === role)!.options;
  const differing = Object.entries(after as Record<string, unknown>).filter(
    ([name, value]) => !isDeepStrictEqual(value, before[name]),
  );
  return Object.fromEntries(differing);
}

describe('what a mitigation changes, and that it changes nothing else', () => {
  test.each([
    ['automatic-retry-fixed', { kind: 'fixed', everyMs: 5_000, actedAs: 'automatic-retry-fixed' }],
    [
      'automatic-retry-backoff',
      { kind: 'full-jitter', baseMs: 1_000, capMs: 30_000, actedAs: 'automatic-retry-backoff' },
    ],
  ])('%s: how instances that fetch their keys at boot go on when that fails', (id, retry) => {
    expect(changesOf(id, napta)).toEqual({ roles: ['backend'], added: [] });
    const { verifier } = newMembers(id, napta, 'backend') as { verifier: Record<string, unknown> };
    const before = scenarioOf(napta).cast.find((host) => host.role.name === 'backend')!.options as { verifier: object };
    expect(verifier).toEqual({ ...before.verifier, startup: { mode: 'eager-background-retry', retry } });
  });

  test('per-client-rate-limit: the owner’s own limit at the auth service from the start, where there is one', () => {
    expect(changesOf('per-client-rate-limit', cytracom)).toEqual({ roles: ['idp'], added: [] });
    const operator = scenarioOf(cytracom).cast.find((host) => host.role.name === 'operator')!.options as {
      response: { actions: { kind: string; body?: object }[] }[];
    };
    const owners = operator.response.flatMap(({ actions }) => actions).find(({ kind }) => kind === 'request')!.body;
    expect(newMembers('per-client-rate-limit', cytracom, 'idp')).toEqual({
      rateLimit: { ...owners, actedAs: 'per-client-rate-limit' },
    });
  });

  test('per-client-rate-limit: a limit of our own where the owner has none', () => {
    expect(newMembers('per-client-rate-limit', napta, 'idp')).toEqual({
      rateLimit: {
        ratePerSecond: 1 / 120,
        burstCount: 10,
        clientKey: 'source',
        paths: ['/token'],
        retryAfterSeconds: 60,
        actedAs: 'per-client-rate-limit',
      },
    });
  });

  test('fixed-client: when old clients take the fixed version', () => {
    expect(changesOf('fixed-client', cytracom)).toEqual({ roles: ['desktop-fleet'], added: [] });
    expect(newMembers('fixed-client', cytracom, 'desktop-fleet')).toEqual({
      adoption: { fromMs: -14 * 86_400_000, meanMs: 7 * 86_400_000, actedAs: 'fixed-client' },
    });
  });

  test('shared-cookie-key: what session keys are derived from, and nothing else about sessions', () => {
    expect(changesOf('shared-cookie-key', uniflow)).toEqual({ roles: ['backend'], added: [] });
    const { session } = newMembers('shared-cookie-key', uniflow, 'backend');
    const before = scenarioOf(uniflow).cast.find((host) => host.role.name === 'backend')!.options as {
      session: { platformValue: string };
    };
    const { platformValue, ...kept } = before.session;
    expect(session).toEqual({ ...kept, releasedFrom: { platformValue, actedAs: 'shared-cookie-key', fromMs: 0 } });
  });

  test.each([
    ['idp-monitoring-alert', napta, 'probe-alert'],
    ['auth-service-alert', cytracom, 'probe-alert'],
    ['early-revocation-alert', uniflow, 'growth-alert'],
    ['cycle-instances', uniflow, 'auto-cycle'],
  ])('%s: one machine more, called like it, which watches from outside', (id, incident, role) => {
    const { roles, added } = changesOf(id, incident);
    expect(roles).toEqual([]);
    expect(added.map((host) => [host.name, host.pool, host.role.name])).toEqual([[id, 'monitoring', role]]);
    expect((added[0]!.options as { actedAs: string }).actedAs).toBe(id);
  });

  test('an alert about the provider is one about a dependency, one about the own service is not', () => {
    const about = (id: string, incident: Incident) =>
      (changesOf(id, incident).added[0]!.options as { aboutDependency: boolean; target: object }).aboutDependency;
    expect(about('idp-monitoring-alert', napta)).toBe(true);
    expect(about('auth-service-alert', cytracom)).toBe(false);
  });

  test('applied to a scenario it leaves that as it was', () => {
    for (const incident of incidents) {
      const text = JSON.stringify(scenarioOf(incident));
      for (const mitigation of mitigations) mitigation.apply(scenarioOf(incident));
      expect(JSON.stringify(scenarioOf(incident))).toBe(text);
    }
  });
});

describe('where a mitigation has no object it says why', () => {
  test.each([
    ['automatic-retry-fixed', cytracom, 'no instance fetches verification keys at boot'],
    ['automatic-retry-backoff', uniflow, 'no instance fetches verification keys at boot'],
    ['idp-monitoring-alert', uniflow, 'no identity provider or auth service here'],
    ['auth-service-alert', uniflow, 'no identity provider or auth service here'],
    ['per-client-rate-limit', uniflow, 'no token endpoint here'],
    ['fixed-client', napta, 'no old client version here'],
    ['fixed-client', uniflow, 'no old client version here'],
    ['shared-cookie-key', napta, 'no session cookie here'],
    ['shared-cookie-key', cytracom, 'the session key does not depend on the host'],
    ['early-revocation-alert', napta, 'no session cookie here'],
    ['cycle-instances', napta, 'no session cookie here'],
  ])('%s', (id, incident, reason) => {
    expect(reasonIn(incident, named(id))).toBe(reason);
  });

  test('the fixed client, once nobody has the old one', () => {
    const updated = applyAll(scenarioOf(cytracom), []);
    const fixedOnly: Scenario = {
      ...updated,
      cast: updated.cast.map((host) => {
        if (host.role.name !== 'desktop-fleet') return host;
        const options = host.options as { clients: { version: string }[] };
        return {
          ...host,
          options: { ...options, clients: options.clients.map((each) => ({ ...each, version: 'fixed' })) },
        };
      }),
    };
    expect(named('fixed-client').apply(fixedOnly)).toEqual({ notApplicable: 'no old client version here' });
  });

  test('alerts, where there is nobody to page; the cycle, where nothing restarts instances', () => {
    const without = (incident: Incident, role: string): Scenario => {
      const scenario = scenarioOf(incident);
      return { ...scenario, cast: scenario.cast.filter((host) => host.role.name !== role) };
    };
    for (const id of ['idp-monitoring-alert', 'auth-service-alert']) {
      expect(named(id).apply(without(napta, 'operator'))).toEqual({ notApplicable: 'nobody to page here' });
    }
    expect(named('early-revocation-alert').apply(without(uniflow, 'operator'))).toEqual({
      notApplicable: 'nobody to page here',
    });
    expect(named('cycle-instances').apply(without(uniflow, 'orchestrator'))).toEqual({
      notApplicable: 'nothing restarts instances here',
    });
  });

  test('and has one on the good day and in history exactly where it has one in the scored play', () => {
    for (const incident of incidents) {
      const plays = [
        incident.historical(defaultValues(incident)),
        incident.fairWeather(defaultValues(incident)),
        incident.scored(defaultValues(incident), 'reports'),
      ];
      for (const mitigation of mitigations) {
        const expected = reasonIn(incident, mitigation) === undefined;
        for (const play of plays)
          expect([mitigation.id, play.id, !isNotApplicable(mitigation.apply(play))]).toEqual([
            mitigation.id,
            play.id,
            expected,
          ]);
      }
    }
  });
});

describe('several mitigations together', () => {
  const applicable = (incident: Incident) =>
    mitigations.filter((mitigation) => reasonIn(incident, mitigation) === undefined);

  test.each(incidents.map((incident) => [incident.id, incident] as const))(
    'give one scenario in whatever order they are named: %s',
    (_, incident) => {
      const all = applicable(incident);
      expect(all.length).toBeGreaterThanOrEqual(3);
      const rotated = [...all.slice(2), ...all.slice(0, 2)];
      const forward = JSON.stringify(applyAll(scenarioOf(incident), all));
      expect(JSON.stringify(applyAll(scenarioOf(incident), [...all].reverse()))).toBe(forward);
      expect(JSON.stringify(applyAll(scenarioOf(incident), rotated))).toBe(forward);
    },
  );

  test('name the one that has no object', () => {
    expect(() => applyAll(scenarioOf(napta), [named('automatic-retry-fixed'), named('cycle-instances')])).toThrow(
      /"cycle-instances" has no object in napta/,
    );
  });
});
