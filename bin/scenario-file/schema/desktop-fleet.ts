/** Desktop clients with a version mix, whose refresh tokens expire one day. */
import { z } from 'zod';
import { timeMs, timeText, type Moments } from '../moments.ts';
import { peopleFields } from './people.ts';
import { count, moment, positiveDuration, ratio, renamed, text } from './values.ts';

const HOUR_MS = 3_600_000;
const TIME = /^[0-2]\d:[0-5]\d$/;

/** `06:30`, as hours since midnight in the model. */
const hour = () =>
  z.codec(
    z.string().regex(TIME, { error: ({ input }) => `"${String(input)}" is no time of day like 06:30.` }),
    z.number(),
    {
      decode: (time) => timeMs(time) / HOUR_MS,
      encode: (hours) => timeText(Math.round(hours * HOUR_MS)),
    },
  );

const office = () =>
  renamed(
    {
      onFrom: hour().describe('Machines are switched on evenly between these two times …'),
      onUntil: hour(),
      offFrom: hour().describe('… and off between these.'),
      offUntil: hour(),
      alwaysOn: ratio().describe('Share of machines that are never switched off.'),
    },
    {
      onFrom: 'onFromHour',
      onUntil: 'onUntilHour',
      offFrom: 'offFromHour',
      offUntil: 'offUntilHour',
      alwaysOn: 'alwaysOnRatio',
    },
  );

export const desktopFleet = (moments: Moments) =>
  renamed(
    {
      kind: z.literal('desktop-fleet'),
      ...peopleFields(),
      at: text().describe('Where their tokens come from: an idp.').exactOptional(),
      old: count(0).describe('Clients that present an expired token again and again.'),
      fixed: count(0).describe('Clients that then wait for their user to sign in.'),
      tokensExpire: z
        .array(
          renamed(
            {
              from: moment(moments, { past: true }),
              until: moment(moments, { past: true }),
            },
            { from: 'fromMs', until: 'untilMs' },
          ),
        )
        .min(1, { error: 'must hold at least one span.' })
        .describe('Spans over which tokens expire evenly; clients take turns between them.'),
      officeHours: office().exactOptional(),
      retryEvery: positiveDuration().describe('Pause of an old client between two presentations.').exactOptional(),
      timeout: positiveDuration().describe('Patience of a client with one request.').exactOptional(),
    },
    { at: 'auth', old: 'oldCount', fixed: 'fixedCount', retryEvery: 'retryMs', timeout: 'timeoutMs' },
  ).describe('Desktop clients with a version mix.');
