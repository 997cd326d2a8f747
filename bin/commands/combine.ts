/** `combine`: what a few mitigations do together: every subset of them, on the same seeds. */
import { combinationText } from '../../reports/render/combination-text.ts';
import { assumptionLine, openingText } from '../../reports/render/opening.ts';
import { combinationDocument } from '../../reports/score/combination-document.ts';
import type { CombinationResult } from '../../reports/score/combination-result.ts';
import {
  assembleCombination,
  assumptionResults,
  checkedValues,
  combinationJobs,
  digestOf,
  type CombinationPlan,
} from '../../simulator/experiment/index.ts';
import { assumptionsFor, findIncident, findMitigations } from '../catalogue.ts';
import { EXIT, UsageError } from '../exit.ts';
import { commandLine } from '../invocation.ts';
import { parseAssumptions, parseIds, parseSeeds } from '../options.ts';
import { Session, type CommonFlags } from '../session.ts';

export interface CombineFlags extends CommonFlags {
  readonly mitigations: string;
  readonly seeds?: string;
  readonly assume: readonly string[];
}

const DEFAULT_SEEDS = '10';

export async function combine(id: string, flags: CombineFlags): Promise<number> {
  const incident = findIncident(id);
  const chosen = findMitigations(parseIds(flags.mitigations));
  const assumptions = assumptionsFor([incident], parseAssumptions(flags.assume))[0]!;
  const seeds = parseSeeds(flags.seeds ?? DEFAULT_SEEDS);
  if (seeds.length < 2) throw new UsageError('--seeds must be two or more here: intervals are over seeds.');
  const plan: CombinationPlan = { incident, mitigations: chosen, seeds, assumptions };
  // Says what cannot be before anything is printed.
  const tasks = combinationJobs(plan).map((job) => ({ kind: 'arm' as const, job }));
  const session = new Session(flags);
  announce(session, plan);
  const runs = await session.withRunner(tasks.length, (runner) => session.runAll(runner, 'combining', tasks));
  const document = combinationDocument(assembleCombination(plan, runs));
  const digest = digestOf({ document, traceHashes: runs.map(({ traceHash }) => traceHash) });
  const result: CombinationResult = { ...document, digest };
  session.say(`\n${combinationText(result, session.paint)}`);
  const mitigations = chosen.map((mitigation) => mitigation.id);
  const again = { incident: id, seeds: { range: seeds }, mitigations, assumptions };
  session.say(`Again: ${commandLine({ command: 'combine', ...again })}`);
  session.deliver(result);
  return EXIT.pass;
}

function announce(session: Session, { incident, mitigations, seeds, assumptions }: CombinationPlan): void {
  const { id, title } = incident;
  const play = `all ${1 << mitigations.length} subsets of ${mitigations.length} mitigations`;
  session.announce(openingText({ scenario: id, title, play, seeds, mitigations: [] }, session.paint));
  session.announce(`${assumptionLine(assumptionResults(incident, checkedValues(incident, assumptions)))}\n`);
}
