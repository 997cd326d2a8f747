/** SimPy, the discrete-event simulator of the Python world, on the same queue; where no Python here has it, that is said. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runForJson } from './launch.ts';

/** The script stays among the sources: it is no part of the compiled program. */
const script = fileURLToPath(new URL('../../bench/simpy/w1.py', import.meta.url));
/** Debian installs for /usr/bin/python3, which need not be the first on the path. */
const PYTHONS = ['python3', '/usr/bin/python3'];
/** SimPy 3 and later, then SimPy 2. */
const MODULES = ['simpy', 'SimPy'];

export const NOT_INSTALLED = 'simpy: not installed (apt-get install python3-simpy3)';

export interface SimpySample {
  readonly simpyVersion: string;
  readonly pythonVersion: string;
  readonly pythonImplementation: string;
  readonly customerCount: number;
  readonly cpuMs: number;
  readonly waitSeconds: number;
}

/** A Python that can import SimPy: the one that SIMPY_PYTHON names, or one found here; undefined when there is none. */
export async function findPython(named = process.env['SIMPY_PYTHON']): Promise<string | undefined> {
  const pythons = named === undefined || named === '' ? PYTHONS : [named];
  for (const name of MODULES) {
    for (const python of pythons) if (await imports(python, name)) return python;
  }
  return undefined;
}

export function runSimpy(python: string, customerCount: number, seed: number): Promise<SimpySample> {
  return runForJson<SimpySample>(python, [script, String(customerCount), String(seed)]);
}

async function imports(python: string, name: string): Promise<boolean> {
  try {
    await promisify(execFile)(python, ['-c', `import ${name}`]);
    return true;
  } catch (error) {
    // No such Python, or one without the module: both mean "not here".
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
