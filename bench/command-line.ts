/** What can be typed behind `npm run -s bench --`. */
import { UsageError } from '../bin/exit.ts';
import { didYouMean } from '../bin/suggestion.ts';
import type { SuiteName } from './document.ts';

export interface BenchCommand {
  readonly suites: readonly SuiteName[];
  readonly json: boolean;
  readonly quick: boolean;
  readonly help: boolean;
}

const SUITES: readonly SuiteName[] = ['kernel', 'replay', 'growth', 'score'];
const NAMES: readonly string[] = [...SUITES, 'all'];
const FLAGS: readonly string[] = ['--json', '--quick', '--help'];

export const HELP = `Usage: npm run -s bench -- [suite] [--json] [--quick]

  kernel   two workloads, an idle client and the event queue; SimPy beside them where it is installed (the default)
  replay   CPU time and peak memory of a whole replay, for each incident
  growth   the same with up to a hundred times as many users
  score    every mitigation on the first three incidents, 20 seeds, on all cores
  all      the four of them, many minutes

  --json   one document instead of the table
  --quick  short runs that only show that everything works
  --help   this text`;

/** @throws UsageError for an unknown suite or flag, or a second suite */
export function readCommand(args: readonly string[]): BenchCommand {
  for (const flag of args.filter((arg) => arg.startsWith('-'))) {
    if (FLAGS.includes(flag)) continue;
    throw new UsageError(`Unknown flag ${flag}.${didYouMean(flag, FLAGS)} There are ${FLAGS.join(', ')}.`);
  }
  const [name = 'kernel', ...more] = args.filter((arg) => !arg.startsWith('-'));
  if (!NAMES.includes(name)) {
    throw new UsageError(`Unknown suite "${name}".${didYouMean(name, NAMES)} There are ${NAMES.join(', ')}.`);
  }
  if (more.length > 0) throw new UsageError(`One suite at a time, or all of them: "${more[0]}" is one too many.`);
  const suites = SUITES.filter((suite) => name === 'all' || suite === name);
  return { suites, json: args.includes('--json'), quick: args.includes('--quick'), help: args.includes('--help') };
}
