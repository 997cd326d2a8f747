/** The bench puts SimPy beside this kernel on the queue M/M/8: both must be at work on that queue, or the ratio says nothing. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { BenchDocument } from '../../bench/document.ts';
import { perform } from '../../bench/job.ts';
import { theoreticalWaitSeconds } from '../../bench/workloads/m-m-8.ts';
import { output } from '../portability/program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const customerCount = 200_000;
/** Three times the standard deviation of the mean wait of so many customers, as 24 seeds of ours have shown it. */
const toleranceSeconds = 0.15;

function pythonWithSimpy(): string {
  const python = process.env['SIMPY_PYTHON'];
  if (python === undefined)
    throw new Error('SIMPY_PYTHON names no Python that has SimPy: start these tests by test/system/run.');
  return python;
}

describe('the mean wait in M/M/8 is near Erlang’s', () => {
  test('in SimPy', async () => {
    const script = fileURLToPath(new URL('../../bench/simpy/w1.py', import.meta.url));
    const printed = await output(pythonWithSimpy(), [script, String(customerCount), '1']);
    const sample = JSON.parse(printed) as { customerCount: number; waitSeconds: number };
    expect(sample.customerCount).toBe(customerCount);
    expect(Math.abs(sample.waitSeconds - theoreticalWaitSeconds())).toBeLessThan(toleranceSeconds);
  });

  test('in this kernel', async () => {
    const { figures } = await perform({ kind: 'm-m-8', seed: 1, warmUpCount: 10_000, customerCount });
    expect(Math.abs(figures['waitSeconds']! - theoreticalWaitSeconds())).toBeLessThan(toleranceSeconds);
  });
});

test('the bench measures SimPy and hands out its row beside ours', async () => {
  const env = { SIMPY_PYTHON: pythonWithSimpy() };
  const printed = await output('npm', ['run', '-s', 'bench', '--', 'kernel', '--quick', '--json'], { cwd: root, env });
  const { results } = JSON.parse(printed) as BenchDocument;
  const [ours, simpy] = ['w1-m-m-8', 'simpy-w1'].map((id) => results.find((result) => result.id === id));
  expect(ours!.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(simpy).toMatchObject({ status: 'measured', note: null, sentence: expect.stringMatching(/^W1 in SimPy \d/) });
  expect(simpy!.figures['customerCount']! * 2).toBe(simpy!.eventCount);
  expect(simpy!.eventsPerSecond! * simpy!.nsPerEvent!).toBeCloseTo(1e9, 0);
  expect(simpy!.ratio! * ours!.nsPerCustomer!).toBeCloseTo(simpy!.nsPerCustomer!, 3);
});
