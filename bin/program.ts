/** The surface of the command line: names, flags, examples. What a command needs is loaded when it runs, so help is quick. */
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { ExplainFlags } from './commands/explain.ts';
import type { ReplayFlags } from './commands/replay.ts';
import type { ScoreFlags } from './commands/score.ts';
import { programName } from './invocation.ts';
import type { CommonFlags } from './session.ts';

const PAGES = `
Exit codes: 0 pass · 1 a fact failed · 2 bad input · 3 inconclusive · 70 internal error · 130/143 interrupted ·
141 the reader closed the pipe.`;

/** @param finish takes the exit code of the command that has run */
export function makeProgram(finish: (exitCode: number) => void): Command {
  const program = new Command('authdrill');
  program
    .description('Replays published authentication incidents in virtual time and scores what would have helped.')
    .version(version(), '-V, --version')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .configureHelp({ showGlobalOptions: true, helpWidth: 100 })
    .configureOutput({ outputError: (text, write) => write(inOneSentence(text)) })
    .showSuggestionAfterError(true)
    .showHelpAfterError(`(${programName()} --help lists the commands)`)
    .exitOverride()
    .addHelpText('before', examples('list', 'replay napta-2025-12-19 --seed 1', 'score all --seeds 10'))
    .addHelpText('after', PAGES);
  addList(program, finish);
  addReplay(program, finish);
  addScore(program, finish);
  addExplain(program, finish);
  addStart(program, finish);
  return program;
}

function addList(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('list [kind]')
    .summary('what there is: incidents, mitigations, faults, presets')
    .description(
      'Lists incidents, mitigations, faults and verifier presets, each with one sentence; or one kind of them.',
    )
    .addHelpText('before', examples('list', 'list mitigations', 'list --json'))
    .action(async (kind: string | undefined, flags: CommonFlags) => {
      const { list } = await import('./commands/list.ts');
      finish(list(kind, flags));
    });
  addCommon(command, false);
}

function addReplay(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('replay <incident>')
    .summary('one incident against its published facts')
    .description(
      'Replays the historical timetable and checks the facts of the report: on one seed, or on many. Exits with 0 when every ' +
        'fact that a run can show holds. With --mitigation the facts are shown as kept or changed, and the exit code is 0.',
    )
    .option('--seed <n>', 'the seed, 0 or more (default: 1)')
    .option('--seeds <a..b>', 'many seeds, both ends included; judges the facts about many seeds too')
    .option('--mitigation <ids>', 'mitigations to switch on, separated by commas')
    .option('--verify', 'run the seed twice and compare every event and the record')
    .addHelpText(
      'before',
      examples(
        'replay napta-2025-12-19 --seed 1',
        'replay napta-2025-12-19 --seeds 1..50',
        'replay napta-2025-12-19 --mitigation automatic-retry-fixed',
        'replay napta-2025-12-19 --assume instances=32 --json --output result.json',
      ),
    )
    .action(async (incident: string, flags: ReplayFlags) => {
      const { replay } = await import('./commands/replay.ts');
      finish(await replay(incident, flags));
    });
  addCommon(addAssume(command), true);
}

function addScore(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('score [incidents...]')
    .summary('what each mitigation saves in the model')
    .description(
      'Runs a control and one arm for each mitigation on the same seeds, and prints what each saves in the model, at what ' +
        'price on fair-weather days, and what it opens to an attacker. All incidents by default.',
    )
    .option('--seeds <n>', 'how many seeds, or a range a..b (default: 10; a published figure wants 30)')
    .option('--mitigation <ids>', 'only these mitigations, separated by commas')
    .addHelpText(
      'before',
      examples(
        'score napta-2025-12-19 --seeds 30',
        'score all --seeds 10 --json',
        'score --mitigation automatic-retry-fixed',
      ),
    )
    .action(async (incidents: string[], flags: ScoreFlags) => {
      const { score } = await import('./commands/score.ts');
      finish(await score(incidents, flags));
    });
  addCommon(addAssume(command), true);
}

function addExplain(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('explain <incident>')
    .summary('why one request failed, and its user’s day')
    .description(
      'Replays a seed once more, follows one user, and tells the causal chain of one failed request in clock times, then the ' +
        'whole day of that user.',
    )
    .option('--seed <n>', 'the seed, 0 or more (default: 1)')
    .option('--user <name>', 'whom to follow, for instance u17 (default: whoever was hit first)')
    .option('--at <HH:MM>', 'the failure nearest to this time of the incident’s clock (default: the first one)')
    .option('--mitigation <ids>', 'mitigations to switch on, separated by commas')
    .addHelpText(
      'before',
      examples(
        'explain napta-2025-12-19 --seed 1 --user u17 --at 16:02',
        'explain cytracom-2021-03-16 --seed 1 --json',
      ),
    )
    .action(async (incident: string, flags: ExplainFlags) => {
      const { explain } = await import('./commands/explain.ts');
      finish(await explain(incident, flags));
    });
  addCommon(addAssume(command), true);
}

/** What `npm start` runs; not a word to learn. */
function addStart(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('start', { hidden: true })
    .description('Replays every incident and scores every mitigation on a few seeds: the first look.')
    .addHelpText('before', examples('start'))
    .action(async (flags: CommonFlags) => {
      const { start } = await import('./commands/start.ts');
      finish(await start(flags));
    });
  addCommon(command, true);
}

function addAssume(command: Command): Command {
  const option = new Option('--assume <id=value>', 'change an assumption; may be given several times').default(
    [],
    'none',
  );
  return command.addOption(option.argParser((text: string, before: string[]) => [...before, text]));
}

function addCommon(command: Command, runs: boolean): void {
  command
    .option('--json', 'one JSON document on stdout')
    .option('--output <file>', 'write that document to a file, whole or not at all');
  command.option('-q, --quiet', 'no progress and no messages on stderr');
  if (runs) command.option('--workers <n>', 'how many cores to use; 1 stays in this process (default: all available)');
  command.showHelpAfterError(`(${programName()} ${command.name()} --help shows what it takes)`);
}

/** `error: unknown option '--sed'⏎(Did you mean --seed?)` as one line in our name. */
function inOneSentence(text: string): string {
  return text.replace(/^error: /, 'authdrill: ').replace(/\n\(Did you mean/, ' (Did you mean');
}

function examples(...lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  ${programName()} ${line}`).join('\n')}\n`;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
