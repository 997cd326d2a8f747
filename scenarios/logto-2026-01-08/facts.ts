/** Logto's facts, L1 to L12: each statement of the report and what the record must show. */
import { clockTime, type Fact, type FactCheck, type RecordView } from '../../simulator/experiment/index.ts';
import { PURGED } from '../../services/edge-cache/index.ts';
import { KEYS_CHANGED } from '../../services/idp/index.ts';
import { CAUSE_FOUND_MS, CLEARED_MS, clock, REVERTED_MS } from './clock.ts';
import { browsersLinger, consoleBlocked, nobodyGotIn, recovered } from './recovery-facts.ts';
import {
  clearingWasNotAll,
  errorsIncrease,
  fetchedInVain,
  rotatedBehindTheCache,
  someTenants,
} from './trouble-facts.ts';

/** A dated action of the team; `done` is the kind of note that shows it had its effect. */
function inputAt(
  label: string,
  atMs: number,
  what: string,
  done: readonly string[] = [],
): (view: RecordView) => FactCheck {
  return (view) => {
    const near = (note: { readonly atMs: number }): boolean => Math.abs(note.atMs - atMs) < 1000;
    const acted = view.notes('operator.acted').find((note) => String(note.detail['label']).includes(label));
    const undone = done.filter((kind) => !view.notes(kind).some(near));
    return {
      holds: acted !== undefined && near(acted) && undone.length === 0,
      expected: `${what} at ${clockTime(clock, atMs)}`,
      observed:
        acted === undefined
          ? 'never'
          : [clockTime(clock, acted.atMs), ...undone.map((kind) => `no ${kind}`)].join(', '),
      tolerance: 'input',
    };
  };
}

const run = { scope: 'run' } as const;

export const facts: readonly Fact[] = [
  {
    ...run,
    id: 'L1',
    kind: 'stated',
    report: '04:00 PM: “auth/token validation errors increased”',
    check: errorsIncrease,
  },
  {
    ...run,
    id: 'L2',
    kind: 'input',
    report: '“We rotated the signing key”; “JWKS caching was mistakenly still enabled” on one domain',
    check: rotatedBehindTheCache,
  },
  {
    ...run,
    id: 'L3',
    kind: 'stated',
    report: '“some token validations failed”; “multiple production tenants”, not all',
    check: someTenants,
  },
  {
    ...run,
    id: 'L4',
    kind: 'stated',
    report: '“some clients continued using a stale JWKS and could not validate newly issued tokens”',
    check: fetchedInVain,
  },
  {
    ...run,
    id: 'L5',
    kind: 'input',
    report: '04:35 PM: “root cause identified”',
    check: inputAt('L5', CAUSE_FOUND_MS, 'cause found'),
  },
  {
    ...run,
    id: 'L6',
    kind: 'input',
    report: '04:41 PM: “cache cleared”',
    check: inputAt('L6', CLEARED_MS, 'cache cleared', [PURGED]),
  },
  {
    ...run,
    id: 'L7',
    kind: 'input',
    report: '04:49 PM: “signing key reverted”, “then cleared the JWKS cache again”',
    check: inputAt('L7', REVERTED_MS, 'key reverted and cache cleared', [KEYS_CHANGED, PURGED]),
  },
  {
    ...run,
    id: 'L8',
    kind: 'inferred',
    report: 'the key was reverted although the cache had been cleared: clearing alone had not ended it',
    check: clearingWasNotAll,
  },
  { ...run, id: 'L9', kind: 'stated', report: '05:00 PM: “service recovered”', check: recovered },
  {
    ...run,
    id: 'L10',
    kind: 'stated',
    report: 'it “could also block access to the Logto Console”',
    check: consoleBlocked,
  },
  {
    ...run,
    id: 'L11',
    kind: 'stated',
    report: '“Some users may still see Console sign-in issues due to browser cache”; a private window helps',
    check: browsersLinger,
  },
  {
    ...run,
    id: 'L12',
    kind: 'stated',
    report: '“no evidence of unauthorized access”',
    check: nobodyGotIn,
  },
];
