import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Process } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { rehearsal, standIn, type StandInOptions } from '../rehearsal.ts';
import { orchestrator } from './index.ts';

const MINUTE_MS = 60_000;

function* nothing(): Process<void> {}

/** Kills and starts, in seconds. */
function history(options: StandInOptions): readonly string[] {
  const liveness = { pools: ['app'], path: '/livez', periodMs: 10_000, timeoutMs: 1_000, failuresInRow: 3 };
  const platform: HostSpec = cast({
    name: 'platform',
    pool: 'platform',
    role: orchestrator,
    options: { events: [], supervised: ['app'], liveness },
  });
  const hosts = [standIn('app-1', 'app', options), platform];
  const { notes } = runScenario(rehearsal(hosts, nothing, { endMs: 10 * MINUTE_MS }), { seed: 1 });
  return notes
    .filter(({ kind }) => kind.startsWith('orchestrator.'))
    .map(({ atMs, kind }) => `${Math.round(atMs / 1000)} ${kind.slice('orchestrator.'.length)}`);
}

describe('a liveness probe', () => {
  test('kills after three failures in a row, and the process is started again', () => {
    const answer = (_: unknown, nowMs: number) => ({ status: nowMs > 95_000 && nowMs < 125_000 ? 503 : 200 });
    expect(history({ answer })).toEqual(['120 killed', '131 restarted-crashed']);
  });

  test('forgives two', () => {
    expect(history({ answer: (_, nowMs) => ({ status: nowMs > 95_000 && nowMs < 115_000 ? 503 : 200 }) })).toEqual([]);
  });

  test('leaves alone whoever is still booting, however long that takes', () => {
    expect(history({ bootMs: 5 * MINUTE_MS })).toEqual([]);
  });

  test('takes silence for a failure', () => {
    let count = 0;
    // Silence cannot begin later with this stand-in, so the first answer is good and the others break on their way.
    const answer = () => ({ status: 200, fate: ++count === 1 ? ('deliver' as const) : ('hang' as const) });
    expect(history({ answer })[0]).toBe('41 killed');
  });
});
