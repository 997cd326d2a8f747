/** How this program was called, so that a command it prints can be typed as it stands. */
import { typedName } from './scenario-file/registry.ts';
import type { Task } from './tasks.ts';

/** `authdrill`, or the way through npm that the user came. */
export function programName(env: NodeJS.ProcessEnv = process.env): string {
  const event = env['npm_lifecycle_event'];
  if (event === 'authdrill' || event === 'start') return 'npm run -s authdrill --';
  return env['npm_command'] === 'exec' ? 'npx authdrill' : 'authdrill';
}

export interface Invocation {
  readonly command: 'replay' | 'score' | 'explain' | 'combine' | 'region' | 'report';
  readonly incident: string;
  readonly seeds: { readonly seed: number } | { readonly range: readonly number[] } | { readonly flags: string };
  readonly mitigations?: readonly string[];
  readonly assumptions?: Readonly<Record<string, number>>;
  readonly rest?: string;
}

/** The command line that does this again. */
export function commandLine({
  command,
  incident,
  seeds,
  mitigations = [],
  assumptions = {},
  rest,
}: Invocation): string {
  const seedText = seedFlags(seeds);
  const flag = command === 'combine' || command === 'region' ? '--mitigations' : '--mitigation';
  const added = mitigations.length === 0 ? [] : [`${flag} ${mitigations.join(',')}`];
  const assumed = Object.entries(assumptions).map(([id, value]) => `--assume ${id}=${value}`);
  const parts = [
    programName(),
    command,
    incident.split(' ').map(typedName).join(' '),
    seedText,
    ...added,
    ...assumed,
    ...(rest === undefined ? [] : [rest]),
  ];
  return parts.join(' ');
}

function seedFlags(seeds: Invocation['seeds']): string {
  if ('flags' in seeds) return seeds.flags;
  return 'seed' in seeds ? `--seed ${seeds.seed}` : `--seeds ${seeds.range[0]}..${seeds.range.at(-1)}`;
}

/** The command line that repeats one task, alone and in one process. */
export function commandOf(task: Task): string {
  switch (task.kind) {
    case 'replay':
    case 'picture':
    case 'verify': {
      const { incident, seed, mitigations, assumptions } = task;
      const verify = task.kind === 'verify' ? { rest: '--verify' } : {};
      return commandLine({ command: 'replay', incident, seeds: { seed }, mitigations, assumptions, ...verify });
    }
    case 'explain': {
      const { incident, seed, mitigations, assumptions, user, at } = task;
      const rest = [...(user === undefined ? [] : [`--user ${user}`]), ...(at === undefined ? [] : [`--at ${at}`])];
      const common = { incident, seeds: { seed }, mitigations, assumptions };
      return commandLine({ command: 'explain', ...common, ...(rest.length === 0 ? {} : { rest: rest.join(' ') }) });
    }
    case 'arm': {
      const { incident, seed, mitigations, assumptions } = task.job;
      const common = { incident, seeds: { range: [seed] }, mitigations, assumptions };
      return commandLine({ command: 'score', ...common, rest: '--workers 1' });
    }
    case 'facts':
    case 'sweep': {
      const { incident, seed, assumptions } = task.job;
      return commandLine({ command: 'replay', incident, seeds: { seed }, assumptions });
    }
  }
}
