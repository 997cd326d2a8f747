/** Help leads with examples, and the examples can be typed as they stand. */
import { describe, expect, test } from 'vitest';
import { incidents } from '../../scenarios/index.ts';
import { mitigations } from '../../services/mitigations/index.ts';
import { authdrillEnds } from './started.ts';

const commands = ['list', 'replay', 'score', 'combine', 'region', 'explain', 'start'];

async function helpOf(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await authdrillEnds([...args, '--help']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

function examplesIn(help: string): readonly string[] {
  return [...help.matchAll(/^ {2}authdrill (.*)$/gm)].map(([, line]) => line!);
}

describe('help', () => {
  test.each(commands)('%s: begins with examples', async (command) => {
    const help = await helpOf(command);
    expect(help).toMatch(/^Examples:\n {2}authdrill /);
    expect(examplesIn(help).every((line) => line.startsWith(command))).toBe(true);
    expect(help).toContain(`Usage: authdrill ${command}`);
  });

  test('examples name incidents, mitigations, assumptions and flags that there are', async () => {
    const helps = await Promise.all([helpOf(), ...commands.map((command) => helpOf(command))]);
    const words = helps.flatMap(examplesIn).flatMap((line) => line.split(' '));
    const ids = words.filter((word) => /\d{4}-\d\d-\d\d/.test(word));
    const switched = words.flatMap((word, index) => (words[index - 1] === '--mitigation' ? word.split(',') : []));
    const assumed = words.flatMap((word, index) => (words[index - 1] === '--assume' ? [word.split('=')[0]!] : []));
    expect(ids.length).toBeGreaterThan(5);
    expect(ids.filter((id) => incidents.every((incident) => incident.id !== id))).toEqual([]);
    expect(switched.length).toBeGreaterThan(1);
    expect(switched.filter((id) => mitigations.every((mitigation) => mitigation.id !== id))).toEqual([]);
    const known = incidents.flatMap(({ assumptions }) => assumptions.map(({ id }) => id));
    expect(assumed.filter((id) => !known.includes(id))).toEqual([]);
    const flags = words.filter((word) => word.startsWith('--') && word !== '--');
    expect(flags.filter((flag) => !helps.join('\n').includes(`  ${flag} `) && !/[ ,]/.test(flag))).toEqual([]);
  });

  test('fits into 100 columns', async () => {
    const helps = await Promise.all([helpOf(), ...commands.map((command) => helpOf(command))]);
    const lines = helps.join('\n').split('\n');
    expect(lines.filter((line) => line.length > 112)).toEqual([]);
  });

  test('lists the commands that a user needs, and the exit codes', async () => {
    const help = await helpOf();
    expect([...help.matchAll(/^ {2}(\w+) (?:\[|<)/gm)].map(([, name]) => name)).toEqual([
      'list',
      'replay',
      'score',
      'combine',
      'region',
      'explain',
      'report',
      'compare',
      'init',
      'validate',
      'schema',
      'help',
    ]);
    for (const code of ['0', '1', '2', '3', '70', '130/143', '141']) expect(help).toContain(`${code} `);
  });

  test('the version is that of the package', async () => {
    const { stdout } = await authdrillEnds(['--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
