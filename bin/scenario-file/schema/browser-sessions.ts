/** People who use a web application in a browser, with a session cookie. */
import { z } from 'zod';
import type { Moments } from '../moments.ts';
import { effort, patience, peopleFields, reports } from './people.ts';
import { count, positiveDuration, positiveNumber, ratio, renamed, text } from './values.ts';

const page = () =>
  renamed(
    {
      requests: count(1).describe('Requests that make up a page.').exactOptional(),
      connections: count(1).describe('Keep-alive connections of a browser.').exactOptional(),
      crossedSubmits: ratio()
        .describe('Share of login forms that are submitted over another connection than they came by.')
        .exactOptional(),
    },
    { requests: 'requestCount', connections: 'connectionCount', crossedSubmits: 'crossedSubmitRatio' },
  );

const persistence = () =>
  renamed(
    {
      quickTries: count(1).describe('Tries at once when a page does not come.').exactOptional(),
      wait: positiveDuration().describe('Before they begin again, median.').exactOptional(),
      waitSigma: positiveNumber().exactOptional(),
      rounds: count(1).exactOptional(),
    },
    { quickTries: 'quickTryCount', wait: 'waitMedianMs', rounds: 'roundCount' },
  );

export const browserSessions = (_moments: Moments) =>
  renamed(
    {
      kind: z.literal('browser-sessions'),
      ...peopleFields(),
      users: count(1),
      tenants: count(1)
        .describe('User u belongs to tenant u mod tenants, which lives on one of the routers.')
        .exactOptional(),
      through: z
        .union([text(), z.array(text()).min(1)])
        .describe('The routers in front of the application; eu-*-edge names all that begin and end so.')
        .exactOptional(),
      firstHour: count(0).describe('Hour of the day of the first number of arrivalsByHour.').exactOptional(),
      arrivalsByHour: z
        .array(ratio())
        .min(1)
        .max(24)
        .describe('Share of them that comes in each hour of a day, from firstHour on; together 1 at most.')
        .exactOptional(),
      visit: positiveDuration().describe('How long somebody means to stay, mean.').exactOptional(),
      pageEvery: positiveDuration().describe('Between two planned pages, mean.').exactOptional(),
      page: page().exactOptional(),
      patience: patience().exactOptional(),
      signInEffort: effort().exactOptional(),
      persistence: persistence().exactOptional(),
      reports: reports().exactOptional(),
    },
    {
      users: 'userCount',
      tenants: 'tenantCount',
      visit: 'visitMeanMs',
      pageEvery: 'pageMeanMs',
      patience: 'patienceMs',
      signInEffort: 'signInEffortMs',
    },
  ).describe('People who use a web application in a browser, with a session cookie.');
