/** The scenario's own clock: read before everything else, since moments are written on it. */
import { z } from 'zod';
import type { Moments } from '../moments.ts';
import { moment, positiveDuration, renamed, shown, text } from './values.ts';

export const START_PATTERN = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d$/;
const OFFSET = /^([+-])(\d\d):(\d\d)$/;

const offset = () => {
  const wrong: z.core.$ZodErrorMap = ({ input }) => `${shown(input)} is no offset. Write it like +01:00 or -05:00.`;
  return z.codec(z.string({ error: wrong }).regex(OFFSET, { error: wrong }), z.number(), {
    decode: (value) => {
      const [, sign, hours, minutes] = OFFSET.exec(value)!;
      return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
    },
    encode: (value) => {
      const two = (part: number): string => String(part).padStart(2, '0');
      const size = Math.abs(value);
      return `${value < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
    },
  });
};

const start = () => {
  const wrong: z.core.$ZodErrorMap = ({ input }) =>
    `${shown(input)} is no date with a time. Write it like 2026-03-09T08:00.`;
  return z
    .string({ error: wrong })
    .regex(START_PATTERN, { error: wrong })
    .refine((value) => !Number.isNaN(Date.parse(`${value.replace(' ', 'T')}:00Z`)), { error: wrong });
};

export const clock = (moments: Moments) =>
  renamed(
    {
      zone: text().describe('Abbreviation shown beside times, for instance CET.').exactOptional(),
      offset: offset().describe('From UTC.').exactOptional(),
      start: start().describe('Local date and time at which the scenario begins.'),
      t0: moment(moments).describe('When the trouble begins: harm counts from here.'),
      lasts: positiveDuration().describe('From t0 until it is over. The play ends an hour later.'),
      end: moment(moments).describe('Where the play of replay ends.').exactOptional(),
      horizon: moment(moments)
        .describe('Where the play of score ends: after 1.5 times as long when left out.')
        .exactOptional(),
      again: z
        .array(renamed({ from: moment(moments), until: moment(moments) }, { from: 'fromMs', until: 'untilMs' }))
        .describe('Later stretches that are watched, too; the time between is jumped.')
        .exactOptional(),
    },
    {
      offset: 'utcOffsetMinutes',
      start: 'startsAt',
      t0: 't0Ms',
      lasts: 'lastsMs',
      end: 'endMs',
      horizon: 'horizonMs',
    },
  );
