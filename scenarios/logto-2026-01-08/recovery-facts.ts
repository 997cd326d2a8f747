/** L9 to L12: the recovery, the Console, the browsers that were left behind, and the intruders who were not let in. */
import { clockTime, type FactCheck, type RecordView, type Span } from '../../simulator/experiment/index.ts';
import { clock, HISTORY_END_MS, MINUTE_MS, RECOVERED_MS, REVERTED_MS, T0_MS } from './clock.ts';
import { attempted, percent, refused, refusedShare } from './evidence.ts';
import { CONSOLE } from './scenario.ts';
import { tenants } from './tenants.ts';

const ALL = tenants.map(({ name }) => name);

export function recovered(view: RecordView): FactCheck {
  const after: Span = { fromMs: RECOVERED_MS + MINUTE_MS, untilMs: HISTORY_END_MS };
  const before = refusedShare(view, ALL, { fromMs: REVERTED_MS + MINUTE_MS, untilMs: REVERTED_MS + 6 * MINUTE_MS });
  const left = refusedShare(view, ALL, after);
  return {
    holds: attempted(view, ALL, after) > 0 && left < 0.01 && before > 0.02,
    expected: 'tokens are accepted again from 17:00 on, and not yet right after the revert',
    observed: `${percent(before)} refused in the minutes after the revert, ${percent(left)} (${refused(view, ALL, after)} requests) from 17:01 to ${clockTime(clock, HISTORY_END_MS)}`,
    tolerance: '+ 1 min; < 1 %',
  };
}

function consoleShare(view: RecordView, span: Span): { readonly bad: number; readonly all: number } {
  const all = view.total('console.sign-ins', { population: CONSOLE }, span);
  return { all, bad: all - view.total('console.sign-ins', { population: CONSOLE, outcome: 'ok' }, span) };
}

export function consoleBlocked(view: RecordView): FactCheck {
  const before = consoleShare(view, { fromMs: 0, untilMs: T0_MS });
  const during = consoleShare(view, { fromMs: T0_MS, untilMs: REVERTED_MS });
  return {
    holds: before.bad === 0 && during.all > 0 && during.bad / during.all > 0.2,
    expected: 'sign-ins to the Console fail, too, and none did before',
    observed: `${before.bad} of ${before.all} failed before 16:00, ${during.bad} of ${during.all} until the revert`,
    tolerance: '= 0; > 20 %',
  };
}

export function browsersLinger(view: RecordView): FactCheck {
  const span = { fromMs: RECOVERED_MS, untilMs: HISTORY_END_MS };
  const { bad } = consoleShare(view, span);
  const stuck = view.total('console.sign-ins', { population: CONSOLE, outcome: 'unknown-key', keys: 'cache' }, span);
  const visits = view.total('user.intentions', { population: CONSOLE }, span);
  const failed = view.total('user.intentions-failed', { population: CONSOLE }, span);
  return {
    holds: stuck > 0 && stuck === bad && failed / visits < 0.2,
    expected: 'after 17:00 some browsers still fail, all for what they keep; a private window gets around it',
    observed: `${failed} of ${visits} visits to the Console began with a failed sign-in after 17:00; ${stuck} of ${bad} failures with keys from the browser’s own cache`,
    tolerance: '> 0, < 20 %; all',
  };
}

const INTRUSIONS = ['forged-signature', 'alg-none', 'wrong-issuer', 'wrong-audience'];

export function nobodyGotIn(view: RecordView): FactCheck {
  const sum = (name: string): number => INTRUSIONS.reduce((total, kind) => total + view.total(name, { kind }), 0);
  const tried = sum('attacker.attempts');
  const admitted = sum('attacker.admitted');
  return {
    holds: tried > 0 && admitted === 0,
    expected: 'nobody is let in with a token that the provider did not make',
    observed: `${admitted} of ${tried} forged tokens admitted, from ${clockTime(clock, 3 * MINUTE_MS)} on`,
    tolerance: '= 0',
  };
}
