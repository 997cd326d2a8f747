/** Users of a single-page application that calls an API with bearer tokens. */
import { z } from 'zod';
import type { Moments } from '../moments.ts';
import { effort, patience, peopleFields, reports } from './people.ts';
import { count, moment, positiveDuration, renamed, text } from './values.ts';

export const spa = (moments: Moments) =>
  renamed(
    {
      kind: z.literal('spa'),
      ...peopleFields(),
      users: count(1),
      through: text().describe('The router in front of the API.').exactOptional(),
      idp: text().describe('Where they sign in.').exactOptional(),
      clientId: text().exactOptional(),
      arriveFrom: moment(moments).describe('They come evenly from here …').exactOptional(),
      arriveUntil: moment(moments).describe('… to here.').exactOptional(),
      leave: moment(moments).describe('Mean moment at which a user ends the day.').exactOptional(),
      leaveSpread: positiveDuration().describe('Standard deviation of it.').exactOptional(),
      visit: positiveDuration().describe('Mean stay from the arrival on, in the place of leave.').exactOptional(),
      actionEvery: positiveDuration()
        .describe('Mean time between two actions of a user, one API call each.')
        .exactOptional(),
      patience: patience().exactOptional(),
      signInEffort: effort().exactOptional(),
      giveUpAfter: count(1).describe('Failed attempts at one action after which a user leaves.').exactOptional(),
      reports: reports().exactOptional(),
    },
    {
      users: 'userCount',
      through: 'edge',
      arriveFrom: 'arriveFromMs',
      arriveUntil: 'arriveUntilMs',
      leave: 'leaveMeanMs',
      leaveSpread: 'leaveSdMs',
      visit: 'visitMeanMs',
      actionEvery: 'actionMeanMs',
      patience: 'patienceMs',
      signInEffort: 'signInEffortMs',
      giveUpAfter: 'giveUpAfterAttempts',
    },
  ).describe('Users of a single-page application that calls an API with bearer tokens.');
