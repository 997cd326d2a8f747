/** Facts and thresholds as test cases, for the test view of any CI: one suite an incident. */
import type { SweptFact } from '../simulator/experiment/index.ts';
import { h, type Markup } from './html/element.ts';
import { plural, seedText } from './render/figures.ts';
import type { IncidentReport, ReportDocument, ThresholdFigure } from './report-document.ts';

/** A fact that fails is a failure; one that needs more seeds is skipped; a fault that was never felt is an error. */
export function junitXml({ incidents, tool }: ReportDocument): string {
  const suites = h('testsuites', { name: `${tool.name} ${tool.version}` }, incidents.map(suite));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${suites.markup}\n`;
}

function suite({ id, sweep, isOwn, thresholds = [], commands }: IncidentReport): Markup {
  const { unfeltFaults, seeds } = sweep;
  // The sweep of a file of the reader's own says the same as its thresholds.
  const facts = isOwn === true ? [] : sweep.facts;
  const count = (wanted: boolean | null): number => facts.filter(({ holds }) => holds === wanted).length;
  const missed = (word: string): number => thresholds.filter(({ verdict }) => verdict === word).length;
  const cases = [
    ...facts.map((fact) => factCase(id, fact, commands.replay)),
    ...thresholds.map((threshold) => thresholdCase(id, threshold, commands.replay)),
    ...unfeltFaults.map((fault) =>
      testCase(id, `fault ${fault.id} is felt`, [
        h('error', { type: 'inconclusive', message: `no request met it on ${seedText(fault.seeds)}: proves nothing` }),
      ]),
    ),
  ];
  const attributes = {
    name: id,
    tests: cases.length,
    failures: count(false) + missed('FAIL'),
    errors: unfeltFaults.length,
    skipped: count(null) + missed('INCONCLUSIVE'),
    time: 0,
  };
  return h('testsuite', attributes, [
    h('properties', {}, [
      h('property', { name: 'seeds', value: seedText(seeds) }),
      h('property', { name: 'digest', value: sweep.digest }),
    ]),
    ...cases,
  ]);
}

function factCase(suiteName: string, fact: SweptFact, command: string): Markup {
  const { id, kind, report, expected, observed, tolerance, holds, failedSeeds = [] } = fact;
  const name = `${id} (${kind}): ${report}`;
  if (holds === true) return testCase(suiteName, name, []);
  if (holds === null) return testCase(suiteName, name, [h('skipped', { message: `${observed}; ${tolerance}` })]);
  const on = failedSeeds.length === 0 ? '' : ` on ${plural(failedSeeds.length, 'seed')} (${seedText(failedSeeds)})`;
  const text = `expected: ${expected}\nobserved: ${observed}\ntolerance: ${tolerance}\nagain: ${command}`;
  return testCase(suiteName, name, [
    h('failure', { type: 'fact', message: `expected ${expected}; observed ${observed}${on}` }, text),
  ]);
}

function thresholdCase(suiteName: string, threshold: ThresholdFigure, command: string): Markup {
  const { measure, verdict, expected, observed } = threshold;
  const name = `${measure}: ${expected}`;
  if (verdict === 'PASS') return testCase(suiteName, name, []);
  if (verdict === 'INCONCLUSIVE')
    return testCase(suiteName, name, [h('skipped', { message: `${observed}: more seeds` })]);
  const text = `expected: ${expected}\nobserved: ${observed}\nagain: ${command}`;
  return testCase(suiteName, name, [h('failure', { type: 'threshold', message: `observed ${observed}` }, text)]);
}

function testCase(suiteName: string, name: string, children: readonly Markup[]): Markup {
  return h('testcase', { classname: suiteName, name, time: 0 }, children);
}
