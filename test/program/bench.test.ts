/** The bench as somebody runs it: what it prints has the shape that docs/performance.md speaks of. No time is judged. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { BenchDocument, BenchResult } from '../../bench/document.ts';

const main = fileURLToPath(new URL('../../dist/bench/main.js', import.meta.url));

function bench(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

describe('all suites, quickly, as JSON', () => {
  const { status, stdout } = bench(['all', '--quick', '--json'], { ...process.env, SIMPY_PYTHON: '/nowhere/python3' });
  const document = JSON.parse(stdout) as BenchDocument;
  const find = (id: string): BenchResult => document.results.find((result) => result.id === id)!;

  test('pass: every check holds', () => {
    const checks = document.results.flatMap((result) => result.checks);
    expect(checks.filter(({ holds }) => !holds)).toEqual([]);
    expect(checks.length).toBeGreaterThan(8);
    expect(status).toBe(0);
  });

  test('are one document that says where it was made', () => {
    const { schemaVersion, kind, suites, quick, node, cpus } = document;
    expect({ schemaVersion, kind, suites, quick, node }).toEqual({
      schemaVersion: 1,
      kind: 'bench',
      suites: ['kernel', 'replay', 'growth', 'score'],
      quick: true,
      node: process.version,
    });
    expect(cpus).toBeGreaterThan(0);
  });

  test('have the same members in every result, null where one does not apply', () => {
    const shapes = new Set(document.results.map((result) => Object.keys(result).sort().join(' ')));
    expect(shapes.size).toBe(1);
    expect(new Set(document.results.map(({ id }) => id)).size).toBe(document.results.length);
  });

  test('measure the two workloads in time and the clients in bytes', () => {
    const [first, second, idle] = [find('w1-m-m-8'), find('w2-closed-loop'), find('idle-client')];
    for (const { eventsPerSecond, nsPerEvent, gcShare, eventCount } of [first, second]) {
      expect(eventsPerSecond! * nsPerEvent!).toBeCloseTo(1e9, -3);
      expect(gcShare).toBeGreaterThanOrEqual(0);
      expect(gcShare).toBeLessThan(1);
      expect(eventCount).toBeGreaterThan(10_000);
    }
    expect(first.nsPerCustomer! / first.nsPerEvent!).toBeCloseTo(2, 1);
    // With so few clients what the compiler is about to throw away weighs as much as they do.
    expect(second.bytesPerClient).toEqual(expect.any(Number));
    expect(idle.bytesPerClient).toBeGreaterThan(200);
    expect(idle).toMatchObject({ eventsPerSecond: null, nsPerEvent: null, gcShare: null });
  });

  test('measure whole replays and how they grow', () => {
    const replays = document.results.filter(({ suite }) => suite === 'replay' || suite === 'growth');
    expect(replays.map(({ suite }) => suite)).toEqual(['replay', 'growth', 'growth']);
    for (const { cpuSeconds, peakMemoryBytes, eventCount } of replays) {
      expect(cpuSeconds).toBeGreaterThan(0);
      expect(peakMemoryBytes).toBeGreaterThan(30e6);
      expect(eventCount).toBeGreaterThan(10_000);
    }
    const [first, second] = replays.slice(1);
    expect(first!.figures).toMatchObject({ loadFactor: 1, eventRatio: 1, cpuRatio: 1, memoryRatio: 1 });
    expect(second!.figures['eventRatio']).toBeGreaterThan(1);
  });

  test('measure what a score costs, by the run', () => {
    const { wallSeconds, cpuSeconds, figures } = find('score-all');
    expect(figures).toMatchObject({ incidentCount: 1, armCount: 1, runCount: 4 });
    expect(figures['cpuMsPerRun']! * 4).toBeCloseTo(cpuSeconds! * 1000, 6);
    expect(wallSeconds).toBeGreaterThan(0);
  });

  test('say where SimPy is missing, and what would install it', () => {
    expect(find('simpy-w1')).toMatchObject({
      status: 'not-installed',
      note: 'simpy: not installed (apt-get install python3-simpy3)',
      ratio: null,
    });
  });
});

test('the table is for people: a line for each result, and what was checked', () => {
  const { status, stdout } = bench(['replay', '--quick']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^authdrill bench on Node v\d+/);
  expect(stdout).toMatch(/^replay-napta-2025-12-19( +[\d.,–%]+)+/m);
  expect(stdout).toMatch(/^ {2}ok {5}\d+ of \d+ facts hold$/m);
});

test.each([
  [['kernal'], 'bench: Unknown suite "kernal". Did you mean "kernel"? There are kernel, replay, growth, score, all.'],
  [['--jsn'], 'bench: Unknown flag --jsn. Did you mean "--json"? There are --json, --quick, --help.'],
  [['kernel', 'growth'], 'bench: One suite at a time, or all of them: "growth" is one too many.'],
])('%j is refused with a sentence, nothing is run', (args, sentence) => {
  expect(bench(args)).toEqual({ status: 2, stdout: '', stderr: `${sentence}\n` });
});
