/** The commands that run many arms and weigh them: `score`, `combine` and `region`. */
import type { Command } from 'commander';
import type { CombineFlags } from './commands/combine.ts';
import type { RegionFlags } from './commands/region.ts';
import type { ScoreFlags } from './commands/score.ts';
import { addAssume, addCommon, examples } from './program-flags.ts';

export function addScore(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('score [incidents...]')
    .summary('what each mitigation saves in the model')
    .description(
      'Runs a control and one arm for each mitigation on the same seeds, and prints what each saves in the model, at what ' +
        'price on fair-weather days, and what it opens to an attacker. All incidents by default.',
    )
    .option('--seeds <n>', 'how many seeds, or a range a..b (default: 10; a published figure wants 30)')
    .option('--precision <points>', 'as many seeds as each score needs to be known to so many points')
    .option('--max-seeds <n>', 'with --precision: no more than these (default: 400)')
    .option('--mitigation <ids>', 'only these mitigations, separated by commas')
    .option('--preset <ids>', 'verifier presets put in place of the verifiers, or all: which stack loses here')
    .option('--by-reports', 'score the play in which the owner acts upon reports alone, too')
    .option('--region <files>', 'results of `region`, whose shares to show in the rows, separated by commas')
    .addHelpText(
      'before',
      examples(
        'score napta-2025-12-19 --seeds 30',
        'score all --seeds 10 --json',
        'score napta-2025-12-19 --precision 5',
        'score --mitigation automatic-retry-fixed',
        'score napta-2025-12-19 --preset jose,jwks-rsa,keyfunc',
      ),
    )
    .action(async (incidents: string[], flags: ScoreFlags) => {
      const { score } = await import('./commands/score.ts');
      finish(await score(incidents, flags));
    });
  addCommon(addAssume(command), true);
}

export function addCombine(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('combine <incident>')
    .summary('what a few mitigations do together')
    .description(
      'Runs every subset of two to six mitigations on the same seeds, and prints what each is worth alone, last, and in the ' +
        'mean of all orders (Shapley value), which pairs replace or need each other, and the score of every subset.',
    )
    .requiredOption('--mitigations <ids>', 'two to six mitigations, separated by commas')
    .option('--seeds <n>', 'how many seeds, or a range a..b (default: 10; a published figure wants 30)')
    .addHelpText(
      'before',
      examples('combine napta-2025-12-19 --mitigations automatic-retry-fixed,idp-monitoring-alert --seeds 30'),
    )
    .action(async (incident: string, flags: CombineFlags) => {
      const { combine } = await import('./commands/combine.ts');
      finish(await combine(incident, flags));
    });
  addCommon(addAssume(command), true);
}

export function addRegion(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('region <incident>')
    .summary('how far conclusions hang on assumptions')
    .description(
      'Draws sets of assumptions until enough of them pass all facts about single runs, and prints in what share of them each ' +
        'mitigation helps, ranks first, harms; then which assumption, moved alone, flips which conclusion. Takes minutes.',
    )
    .option('--sets <n>', 'how many sets that pass (default: 50)')
    .option('--seeds-per-set <n>', 'seeds of each set (default: 1)')
    .option('--mitigations <ids>', 'only these mitigations, separated by commas')
    .option('--scan <ids>', 'move each assumption alone for these; all; none (default: what the owner did or planned)')
    .addHelpText(
      'before',
      examples(
        'region napta-2025-12-19 --sets 50 --output region.json',
        'region napta-2025-12-19 --mitigations automatic-retry-backoff --json',
      ),
    )
    .action(async (incident: string, flags: RegionFlags) => {
      const { region } = await import('./commands/region.ts');
      finish(await region(incident, flags));
    });
  addCommon(addAssume(command), true);
}
