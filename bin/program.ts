/** The surface of the command line: names, flags, examples. What a command needs is loaded when it runs, so help is quick. */
import { Command } from 'commander';
import type { ExplainFlags } from './commands/explain.ts';
import type { InitFlags } from './commands/init.ts';
import type { ReplayFlags } from './commands/replay.ts';
import { programName } from './invocation.ts';
import { addCombine, addRegion, addScore } from './program-experiments.ts';
import { addAssume, addCommon, examples } from './program-flags.ts';
import { addCompare, addReport } from './program-reports.ts';
import type { CommonFlags } from './session.ts';
import { version } from './version.ts';

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
  addCombine(program, finish);
  addRegion(program, finish);
  addExplain(program, finish);
  addReport(program, finish);
  addCompare(program, finish);
  addScenarioFiles(program, finish);
  addStart(program, finish);
  // Scenario files are opened before a command that can play them runs.
  program.hook('preAction', async (_program, command) => {
    if (MAKES_OR_CHECKS_FILES.includes(command.name())) return;
    const { openScenarioFiles } = await import('./scenario-file/opening.ts');
    await openScenarioFiles(command.processedArgs as readonly unknown[]);
  });
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

/** Commands whose arguments are scenario files without being played. */
const MAKES_OR_CHECKS_FILES = ['init', 'validate', 'schema'];

function addScenarioFiles(program: Command, finish: (exitCode: number) => void): void {
  const init = program
    .command('init [incident]')
    .summary('a scenario file to start from')
    .description(
      'Writes a commented scenario file: of a published incident, whose play it repeats event by event, or (--blank) a small ' +
        'example of a system to change into your own. Wherever a command takes an incident, it takes such a file.',
    )
    .option('--blank', 'the small example')
    .option('--output <file>', 'write it there in place of stdout')
    .option('--force', 'even if there is such a file already')
    .addHelpText('before', examples('init --blank --output mine.yaml', 'init napta-2025-12-19 --output napta.yaml'))
    .action(async (incident: string | undefined, flags: InitFlags) => {
      const command = await import('./commands/init.ts');
      finish(command.init(incident, flags));
    });
  init.option('-q, --quiet', 'no messages on stderr');
  const validate = program
    .command('validate <files...>')
    .summary('check scenario files')
    .description(
      'Says whether scenario files can be played, or everything that is wrong with them, by line and column.',
    )
    .addHelpText('before', examples('validate mine.yaml', 'validate *.yaml --json'))
    .action(async (files: string[], flags: CommonFlags) => {
      const command = await import('./commands/validate.ts');
      finish(await command.validate(files, flags));
    });
  addCommon(validate, false);
  const schema = program
    .command('schema [kind]')
    .summary('the JSON Schema of scenario files')
    .description('Prints the JSON Schema of scenario files, for editors and other programs.')
    .option('--output <file>', 'write it there in place of stdout')
    .option('-q, --quiet', 'no messages on stderr')
    .addHelpText('before', examples('schema scenario', 'schema scenario --output scenario.schema.json'))
    .action(async (kind: string | undefined, flags: CommonFlags) => {
      const command = await import('./commands/schema.ts');
      finish(command.schema(kind ?? 'scenario', flags));
    });
  for (const command of [init, schema]) {
    command.showHelpAfterError(`(${programName()} ${command.name()} --help shows what it takes)`);
  }
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

/** `error: unknown option '--sed'⏎(Did you mean --seed?)` as one line in our name. */
function inOneSentence(text: string): string {
  return text.replace(/^error: /, 'authdrill: ').replace(/\n\(Did you mean/, ' (Did you mean');
}
