/** People without a session who want to sign in, at moments of their own. */
import { z } from 'zod';
import type { Moments } from '../moments.ts';
import { peopleFields, reports, weights } from './people.ts';
import { count, positiveDuration, positiveNumber, renamed, text } from './values.ts';

export const signIns = (_moments: Moments) =>
  renamed(
    {
      kind: z.literal('sign-ins'),
      ...peopleFields(),
      perDay: count(1),
      at: text().describe('Where they sign in: an idp.').exactOptional(),
      weights: weights().exactOptional(),
      patience: positiveDuration().describe('With a whole sign-in, median.').exactOptional(),
      patienceSigma: positiveNumber().exactOptional(),
      requestTimeout: positiveDuration().describe('Of the client, with one request of it.').exactOptional(),
      retryAfter: positiveDuration().describe('Pause between two tries of one person, mean.').exactOptional(),
      tries: count(1).describe('Tries before the planned visit is given up.').exactOptional(),
      visit: positiveDuration().describe('Planned length of a visit, mean.').exactOptional(),
      reports: reports().exactOptional(),
    },
    {
      perDay: 'signInsPerDay',
      at: 'auth',
      patience: 'patienceMedianMs',
      requestTimeout: 'requestTimeoutMs',
      retryAfter: 'retryAfterMeanMs',
      tries: 'triesBeforeGivingUp',
      visit: 'visitMeanMs',
    },
  ).describe('People without a session who want to sign in.');
