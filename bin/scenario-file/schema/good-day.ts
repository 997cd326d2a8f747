/** The day on which nothing goes wrong that matters, and on which the price of a mitigation shows. */
import { z } from 'zod';
import type { Moments } from '../moments.ts';
import { fault } from './faults.ts';
import { rotation } from './idp.ts';
import { step } from './operations.ts';
import { positiveDuration, renamed, text } from './values.ts';

export const goodDay = (moments: Moments) =>
  renamed(
    {
      lasts: positiveDuration().describe('4h when left out.').exactOptional(),
      events: z.array(step(moments)).describe('A deploy when left out, of each pool of backends.').exactOptional(),
      faults: z
        .record(z.string(), fault(moments))
        .describe('Five minutes without keys from the idp when left out, while nothing starts.')
        .exactOptional(),
      rotations: z
        .record(text(), rotation(moments))
        .describe('By name of an idp: how its key rotates on that day.')
        .exactOptional(),
    },
    { lasts: 'lastsMs' },
  );
