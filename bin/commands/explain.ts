/** `explain`: the causal chain of one failed request, and its user's day. */
import { explainText } from '../../reports/render/explain-text.ts';
import { assumptionLine, openingText } from '../../reports/render/opening.ts';
import { askedMoments, assumptionResults, castTrial, checkedValues } from '../../simulator/experiment/index.ts';
import { assumptionsFor, findIncident, findMitigations } from '../catalogue.ts';
import { EXIT } from '../exit.ts';
import { commandOf } from '../invocation.ts';
import { parseAssumptions, parseIds, parseSeed } from '../options.ts';
import { fileOf } from '../scenario-file/registry.ts';
import { Session, type CommonFlags } from '../session.ts';
import type { ExplainTask } from '../tasks.ts';

export interface ExplainFlags extends CommonFlags {
  readonly seed?: string;
  readonly user?: string;
  readonly at?: string;
  readonly mitigation?: string;
  readonly assume: readonly string[];
}

export async function explain(id: string, flags: ExplainFlags): Promise<number> {
  const incident = findIncident(id);
  const chosen = findMitigations(parseIds(flags.mitigation));
  const mitigations = chosen.map((mitigation) => mitigation.id);
  const assumptions = assumptionsFor([incident], parseAssumptions(flags.assume))[0]!;
  const { user, at } = flags;
  const task: ExplainTask = {
    kind: 'explain',
    incident: id,
    seed: parseSeed(flags.seed ?? '1'),
    mitigations,
    assumptions,
    ...(user === undefined ? {} : { user }),
    ...(at === undefined ? {} : { at }),
  };
  const { scenario } = castTrial({ ...task, incident, mitigations: chosen, timetable: 'historical' });
  askedMoments(incident.clock, at, scenario.endMs);
  const session = new Session(flags);
  const opening = {
    scenario: incident.id,
    title: incident.title,
    play: fileOf(id)?.path ?? 'historical timetable',
    seeds: [task.seed],
    mitigations,
    isOwn: fileOf(id) !== undefined,
  };
  const explanation = await session.withRunner(1, (runner) =>
    session.runOne(runner, `following a user of ${id}`, task),
  );
  // Not before the run: only it can tell whether there is such a user.
  session.announce(openingText(opening, session.paint));
  if (!opening.isOwn)
    session.announce(assumptionLine(assumptionResults(incident, checkedValues(incident, assumptions))));
  session.say(`\n${explainText(explanation, incident.clock.zone, session.paint)}`);
  session.say(`Again: ${commandOf({ ...task, user: explanation.user })}`);
  session.deliver(explanation);
  return EXIT.pass;
}
