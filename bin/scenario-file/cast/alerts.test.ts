/** One of four instances starts without keys: every kind of alert that a file can write hears of it, and pages. */
import { describe, expect, it } from 'vitest';
import { runTrial } from '../../../simulator/experiment/index.ts';
import { checkScenario } from '../check.ts';
import { incidentOf } from './incident.ts';

const ONE_ILL = `authdrill: 1
id: one-ill
title: One of four instances starts without keys
clock: { start: 2026-02-02T09:00, t0: 09:10, lasts: 30m }
hosts:
  idp: { role: idp }
  api-{n}: { role: backend, count: 4, spare: 1, verifier: boot-fetch-swallowed, boot: 5s }
  edge: { role: router }
populations:
  users: { kind: spa, users: 80, actionEvery: 20s, giveUpAfter: 1000 }
events: [{ at: 09:10, actions: [{ do: start, hosts: api-4 }] }]
faults:
  no-keys: { mechanism: refuse, target: idp, endpoints: [/jwks], from: 09:09, until: 09:16 }
alerts:
  keys: { kind: probe, host: idp, path: /jwks, every: 30s, failuresInRow: 2, aboutDependency: true }
  each-instance: { kind: journey, pools: [api], idp: idp, path: /api/data }
  budget: { kind: burn-rate, pools: [api] }
  outlier: { kind: skew, pools: [api] }
  refusals: { kind: growth, pools: [api], member: unauthorizedCount, threshold: 5, badPeriodsInRow: 2 }
`;

const NAMES = ['keys', 'each-instance', 'budget', 'outlier', 'refusals'];

function paged(text: string): readonly string[] {
  const checked = checkScenario(text);
  if (!checked.ok) throw new Error(JSON.stringify(checked.complaints));
  const incident = incidentOf(checked.document);
  const { view } = runTrial({ incident, timetable: 'historical', seed: 1, mitigations: [], assumptions: {} });
  return [...new Set(view.notes('operator.paged').map(({ detail }) => String(detail['alert'])))].sort();
}

describe('alerts of a scenario file', () => {
  it('page when one instance answers 401, each kind by its own way', () => {
    expect(paged(ONE_ILL)).toEqual([...NAMES].sort());
  });

  it('stay silent when nothing is wrong', () => {
    expect(paged(ONE_ILL.replace('endpoints: [/jwks]', 'endpoints: [/nowhere]'))).toEqual([]);
  });
});
