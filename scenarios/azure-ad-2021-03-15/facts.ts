/** The facts of Azure AD's outage, A1 to A12, with where each was published. */
import type { Fact } from '../../simulator/experiment/index.ts';
import { KEYS_CHANGED } from '../../services/idp/index.ts';
import { clock, REVERT_MS, ROLLBACK_MS } from './clock.ts';
import { clockTime, type FactCheck, type RecordView } from '../../simulator/experiment/index.ts';
import { darkOnceLost, keyLost, noHelp, staggeredLoss, trustFollowsMetadata } from './loss-facts.ts';
import { residual, sessionsUntouched, signInWorks, staggeredRecovery } from './recovery-facts.ts';

/** A dated action of the team; `done` is the kind of note that shows it had its effect. */
function inputAt(label: string, atMs: number, what: string, done: string): (view: RecordView) => FactCheck {
  return (view) => {
    const acted = view.notes('operator.acted').find((note) => String(note.detail['label']).includes(label));
    const isDone = view.notes(done).some((note) => note.atMs >= atMs && note.atMs < atMs + 60_000);
    return {
      holds: acted !== undefined && Math.abs(acted.atMs - atMs) < 1000 && isDone,
      expected: `${what} at ${clockTime(clock, atMs)}`,
      observed: acted === undefined || !isDone ? 'never' : clockTime(clock, acted.atMs),
      tolerance: 'input',
    };
  };
}

const run = { scope: 'run' } as const;

export const facts: readonly Fact[] = [
  {
    ...run,
    id: 'A1',
    kind: 'input',
    report: '19:00: “the public metadata was changed”; a key marked “retain” was removed (root cause, Microsoft)',
    check: keyLost,
  },
  {
    ...run,
    id: 'A2',
    kind: 'stated',
    report: 'applications “began to pick up the new metadata and stopped trusting tokens/assertions” (Microsoft)',
    check: trustFollowsMetadata,
  },
  {
    ...run,
    id: 'A3',
    kind: 'stated',
    report: 'then “end users were no longer able to access those applications” (Microsoft)',
    check: darkOnceLost,
  },
  {
    ...run,
    id: 'A4',
    kind: 'inferred',
    report: '“began to pick up”: not all at once, each when its cache let it (Microsoft)',
    check: staggeredLoss,
  },
  {
    ...run,
    id: 'A5',
    kind: 'input',
    report: '19:35: “reverted deployment of the last backend infrastructure change” (Microsoft)',
    check: inputAt('A5', REVERT_MS, 'deployment reverted', 'orchestrator.restarted'),
  },
  {
    ...run,
    id: 'A6',
    kind: 'inferred',
    report: 'the revert did not help: the cause was identified after it (Microsoft)',
    check: noHelp,
  },
  {
    ...run,
    id: 'A7',
    kind: 'input',
    report: '21:05: key metadata “rolled back to its prior state” (Microsoft)',
    check: inputAt('A7', ROLLBACK_MS, 'key published again', KEYS_CHANGED),
  },
  {
    ...run,
    id: 'A8',
    kind: 'inferred',
    report:
      'after the rollback “cached metadata led to residual impact” (itnews.com.au): recovery, too, waits for caches',
    check: staggeredRecovery,
  },
  {
    ...run,
    id: 'A9',
    kind: 'stated',
    report: 'errors until 09:25 (Microsoft); an update that invalidated cached entries ended them (itnews.com.au)',
    check: residual,
  },
  {
    ...run,
    id: 'A10',
    kind: 'stated',
    report: 'applications “continued to work if they didn’t need to make an authentication request” (practical365.com)',
    check: sessionsUntouched,
  },
  {
    ...run,
    id: 'A11',
    kind: 'inferred',
    report: 'what was lost is the trust in tokens: the provider itself went on issuing them (Microsoft)',
    check: signInWorks,
  },
  {
    ...run,
    id: 'A12',
    kind: 'annotation',
    report: 'first users’ reports around 19:00; status page: “starting at approximately 19:15” (practical365.com)',
    check: () => ({
      holds: true,
      expected: 'shown on the timeline',
      observed: '19:00 and 19:15 UTC',
      tolerance: 'annotation',
    }),
  },
];
