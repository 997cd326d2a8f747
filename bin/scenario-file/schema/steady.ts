/** Steady traffic to one service: users who have a session, or callers who need none. */
import { z } from 'zod';
import type { Moments } from '../moments.ts';
import { patience, peopleFields, weights } from './people.ts';
import { count, flag, path, renamed, text } from './values.ts';

export const steady = (_moments: Moments) =>
  renamed(
    {
      kind: z.literal('steady'),
      ...peopleFields(),
      perDay: count(1).describe('Requests a day, all users together.'),
      request: text().describe('What a request is called in the record.').exactOptional(),
      to: text().describe('The host it goes to.'),
      path: path().describe('/app/… wants a session, /portal/… asks the idp as well, /public/… wants nothing.'),
      withSession: flag().describe('Whether they have a session cookie from earlier.').exactOptional(),
      weights: weights().exactOptional(),
      patience: patience().exactOptional(),
    },
    { to: 'target', patience: 'patienceMs' },
  ).describe('Steady requests to one service.');
