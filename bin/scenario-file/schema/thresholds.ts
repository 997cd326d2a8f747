/** What a run has to keep to: one line for each measure, in words or signs: `at least 0.99`, `<= 15m`, `within budget`. */
import { z } from 'zod';
import { durationMs, durationText } from '../duration.ts';
import type { Threshold, Unit } from '../thresholds/units.ts';
import { fields, shown } from './values.ts';

const SENSES: Readonly<Record<string, Threshold['sense']>> = {
  'at least': 'at-least',
  '>=': 'at-least',
  'at most': 'at-most',
  '<=': 'at-most',
};

const FORM = /^(at least|at most|>=|<=) ?(\S+)$/;

const EXAMPLES: Readonly<Record<Unit, string>> = {
  ratio: 'at least 0.99 or at least 99%',
  count: 'at most 500',
  duration: 'at most 15m',
};

function limitOf(text: string, unit: Unit): number | undefined {
  if (unit === 'duration') return durationMs(text);
  const isPercent = unit === 'ratio' && text.endsWith('%');
  const value = Number(isPercent ? text.slice(0, -1) : text);
  if (text === '' || !Number.isFinite(value) || value < 0) return undefined;
  return isPercent ? value / 100 : value;
}

function threshold(unit: Unit) {
  const wrong: z.core.$ZodErrorMap = ({ input }) => {
    // `servedRatio: >= 0.99` begins a block of text in YAML, which leaves nothing behind.
    const block = input === '' || input === '0.99' ? ' A plain >= means something else in YAML: put it in quotes.' : '';
    return `${shown(input)} is no threshold. Write ${EXAMPLES[unit]}.${block}`;
  };
  return z
    .codec(z.string({ error: wrong }).regex(FORM, { error: wrong }), z.custom<Threshold>(), {
      decode: (value, { issues }) => {
        const [, sense, amount] = FORM.exec(value)!;
        const limit = limitOf(amount!, unit);
        if (limit === undefined) {
          const message = `"${amount}" is no limit of this measure. Write ${EXAMPLES[unit]}.`;
          issues.push({ code: 'custom', input: value, message });
        }
        return { sense: SENSES[sense!]!, limit: limit ?? 0 };
      },
      encode: (threshold) => {
        // On the way back zod asks for members that are not there, and forgets the answer.
        if (threshold === undefined) return '';
        const { sense, limit } = threshold as Threshold;
        const amount = unit === 'duration' ? durationText(limit) : String(limit);
        return `${sense === 'at-least' ? 'at least' : 'at most'} ${amount}`;
      },
    })
    .exactOptional();
}

const noExposure: z.core.$ZodErrorMap = ({ input }) =>
  `${shown(input)} is no threshold of exposure. Write exposure: within budget.`;

export const thresholds = () =>
  fields({
    servedRatio: threshold('ratio').describe('Intended actions that did not fail, as a share.'),
    signInSuccessRatio: threshold('ratio').describe('Sign-ins that succeeded, as a share.'),
    authPeakRatio: threshold('ratio').describe('Busiest minute of the auth service, as a share of its capacity.'),
    disruptedUserMinutes: threshold('count').describe('One user, one minute in which something intended failed.'),
    usersHit: threshold('count'),
    failedIntentions: threshold('count'),
    signOuts: threshold('count').describe('Users who lost their session against their will.'),
    forcedSignIns: threshold('count').describe('Sign-ins that had to be repeated.'),
    rateLimited: threshold('count').describe('Requests turned away by a rate limit.'),
    pages: threshold('count').describe('Times that an alert woke somebody.'),
    instancesWithFailures: threshold('count'),
    timeToDetect: threshold('duration').describe('From t0 until somebody is paged or acts.'),
    timeToRecover: threshold('duration').describe('From t0 to the last failures of the last bad window.'),
    goodLatencyP50: threshold('duration').describe('Of good answers.'),
    goodLatencyP99: threshold('duration').describe('Of good answers.'),
    exposure: z
      .literal('within budget', { error: noExposure })
      .describe('No credential admitted that must be refused.')
      .exactOptional(),
  });
