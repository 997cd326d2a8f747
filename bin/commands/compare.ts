/** `compare`: what moved beyond noise between two results. */
import { comparableOf } from '../../reports/compare/comparable.ts';
import { compareResults } from '../../reports/compare/compare.ts';
import { compareText } from '../../reports/compare/compare-text.ts';
import type { Comparison } from '../../reports/compare/comparison.ts';
import { SCHEMA_VERSION } from '../../simulator/experiment/index.ts';
import { readResult } from '../documents/result-file.ts';
import { EXIT, UsageError } from '../exit.ts';
import { Session, type CommonFlags } from '../session.ts';

export function compare(before: string, after: string, flags: CommonFlags): number {
  const session = new Session(flags);
  const [own, other] = [comparableOf(readResult(before)), comparableOf(readResult(after))];
  const compared = compareResults(own, other);
  if (compared === null) {
    const names = [own, other].map(({ incidents }) => incidents.map(({ id }) => id).join(', '));
    throw new UsageError(
      `${before} is about ${names[0]}, ${after} about ${names[1]}. Give two results about one incident.`,
    );
  }
  if (compared.rows.length === 0) {
    throw new UsageError(`${before} and ${after} have no figure in common. Compare results of one command.`);
  }
  const comparison: Comparison = { schemaVersion: SCHEMA_VERSION, ...compared };
  session.say(compareText(comparison, session.paint));
  session.deliver(comparison);
  return { PASS: EXIT.pass, FAIL: EXIT.failed, INCONCLUSIVE: EXIT.inconclusive }[comparison.word];
}
