/** `region`: over which assumptions the facts of the report hold, and how often each mitigation helps there. */
import { openingText } from '../../reports/render/opening.ts';
import { regionText } from '../../reports/render/region-text.ts';
import { outcomeOf } from '../../reports/score/effect.ts';
import { regionDocument } from '../../reports/score/region-document.ts';
import type { RegionResult } from '../../reports/score/region-result.ts';
import {
  digestOf,
  Survey,
  type ArmRun,
  type Incident,
  type RegionExperiment,
  type SurveyJob,
  type SurveyPlan,
} from '../../simulator/experiment/index.ts';
import { arms, assumptionsFor, catalogue, findIncident, findMitigations } from '../catalogue.ts';
import { EXIT } from '../exit.ts';
import { commandLine } from '../invocation.ts';
import { parseAssumptions, parseCount, parseIds } from '../options.ts';
import { Session, type CommonFlags } from '../session.ts';
import { runStages, type Staged } from '../stages.ts';

export interface RegionFlags extends CommonFlags {
  readonly sets?: string;
  readonly seedsPerSet?: string;
  readonly mitigations?: string;
  readonly scan?: string;
  readonly assume: readonly string[];
}

const DEFAULT_SETS = '50';
const DEFAULT_SEEDS_PER_SET = '1';
/** At the defaults, and when one assumption is moved: more than one, since half the pages lead to the wrong action. */
const SCAN_SEEDS: readonly number[] = [1, 2, 3];

export async function region(id: string, flags: RegionFlags): Promise<number> {
  const incident = findIncident(id);
  const wanted = parseIds(flags.mitigations);
  const chosen = wanted.length === 0 ? catalogue.mitigations : findMitigations(wanted);
  const mitigations = chosen.map((mitigation) => mitigation.id);
  const assumptions = assumptionsFor([incident], parseAssumptions(flags.assume))[0]!;
  const plan: SurveyPlan = {
    incident,
    mitigations,
    scanned: scannedOf(incident, mitigations, wanted, flags.scan),
    setCount: parseCount(flags.sets ?? DEFAULT_SETS, '--sets', 2, 10_000),
    seedsPerSet: parseCount(flags.seedsPerSet ?? DEFAULT_SEEDS_PER_SET, '--seeds-per-set', 1, 100),
    scanSeeds: SCAN_SEEDS,
    assumptions,
    effectOf: (control, arm, lifetimeMs) => outcomeOf(control, arm, lifetimeMs).effect,
  };
  const session = new Session(flags);
  announce(session, plan);
  const survey = new Survey(arms, plan);
  const staged: Staged<SurveyJob> = { next: () => survey.next(), take: (runs) => survey.take(runs) };
  await session.withRunner(Infinity, (runner) => {
    return runStages(runner, [staged], { label: `region of ${id}`, quiet: session.quiet });
  });
  const result = resultOf(survey.result());
  session.say(`\n${regionText(result, session.paint)}`);
  const parts = [`--sets ${plan.setCount}`, `--seeds-per-set ${plan.seedsPerSet}`];
  const seeds = { flags: [...parts, ...(flags.scan === undefined ? [] : [`--scan ${flags.scan}`])].join(' ') };
  session.say(`Again: ${commandLine({ command: 'region', incident: id, seeds, mitigations: wanted, assumptions })}`);
  session.deliver(result);
  return result.status === 'inconclusive' ? EXIT.inconclusive : EXIT.pass;
}

/** What the owner did or planned, or what was asked for; `all` and `none` are words for themselves. */
function scannedOf(
  { ownMitigations }: Incident,
  mitigations: readonly string[],
  wanted: readonly string[],
  scan: string | undefined,
): readonly string[] {
  if (scan === 'none') return [];
  if (scan === 'all') return mitigations;
  if (scan !== undefined) return findMitigations(parseIds(scan)).map(({ id }) => id);
  return wanted.length > 0 ? wanted : (ownMitigations ?? mitigations);
}

function resultOf(experiment: RegionExperiment): RegionResult {
  const document = regionDocument(experiment);
  const runs: readonly ArmRun[] = [experiment.defaults, ...experiment.sets, ...experiment.scan].flatMap(({ arms }) =>
    arms.flatMap(({ scored }) => scored),
  );
  return { ...document, digest: digestOf({ document, traceHashes: runs.map(({ traceHash }) => traceHash) }) };
}

function announce(session: Session, plan: SurveyPlan): void {
  const { incident, mitigations, setCount, scanSeeds } = plan;
  const play = `${mitigations.length} mitigations under ${setCount} sets of assumptions that pass all facts about single runs`;
  const { id, title } = incident;
  session.announce(openingText({ scenario: id, title, play, seeds: scanSeeds, mitigations: [] }, session.paint));
}
