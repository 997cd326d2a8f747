/** The commands that read results rather than make them: `report` and `compare`. */
import type { Command } from 'commander';
import type { ReportFlags } from './commands/report.ts';
import { addAssume, addCommon, examples } from './program-flags.ts';
import type { CommonFlags } from './session.ts';

export function addReport(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('report <incidents...>')
    .summary('one page about incidents: facts, figures, mitigations')
    .description(
      'Draws one page (HTML without script, Markdown), test cases (JUnit) and measures (CSV) from a file that replay, score ' +
        'or report wrote with --output, or from runs of its own. Markdown goes to stdout when no file is asked for.',
    )
    .option('--html <file>', 'one file that holds everything, to be mailed and read offline')
    .option('--markdown <file>', 'for a pull request or a job summary')
    .option('--junit <file>', 'facts and thresholds as test cases')
    .option('--csv <file>', 'measures of every run')
    .option('--seeds <n>', 'how many seeds, or a range a..b (default: 10; a published figure wants 30)')
    .option('--mitigation <ids>', 'only these mitigations, separated by commas')
    .option('--region <files>', 'results of `region`, whose shares to show in the rows, separated by commas')
    .addHelpText(
      'before',
      examples(
        'report napta-2025-12-19 --html napta.html',
        'report score.json --html score.html --junit score.xml',
        'report all --seeds 30 --html all.html --csv runs.csv --output report.json',
      ),
    )
    .action(async (incidents: string[], flags: ReportFlags) => {
      const { report } = await import('./commands/report.ts');
      finish(await report(incidents, flags));
    });
  addCommon(addAssume(command), true);
}

export function addCompare(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('compare <before> <after>')
    .summary('what moved beyond noise between two results')
    .description(
      'Compares two files that replay, score or report wrote with --output: another version, another assumption, another ' +
        'mitigation. Exits with 0 when nothing got worse, 1 when something did, 3 when the seeds are too few to tell.',
    )
    .addHelpText('before', examples('compare before.json after.json', 'compare before.json after.json --json'))
    .action(async (before: string, after: string, flags: CommonFlags) => {
      const { compare } = await import('./commands/compare.ts');
      finish(compare(before, after, flags));
    });
  addCommon(command, false);
}
