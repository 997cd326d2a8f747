/** Alerts that the system has: machines that look, and page the operator. */
import { z } from 'zod';
import { statusWords } from './status-words.ts';
import { count, flag, path, positiveDuration, positiveNumber, ratio, renamed, text } from './values.ts';

const probe = () =>
  renamed(
    {
      kind: z.literal('probe'),
      host: text().describe('Whom it calls: a host, or a router to look through it.'),
      method: z.enum(['GET', 'POST']).exactOptional(),
      path: path(),
      body: z.unknown().exactOptional(),
      every: positiveDuration().exactOptional(),
      timeout: positiveDuration().exactOptional(),
      passes: statusWords().describe('Good answers, for instance [200].').exactOptional(),
      failuresInRow: count(1).describe('Until somebody is paged.').exactOptional(),
      aboutDependency: flag()
        .describe('Whether what is probed is somebody else’s: people then wait for the all-clear.')
        .exactOptional(),
    },
    { every: 'periodMs', timeout: 'timeoutMs' },
  ).describe('Calls an endpoint each period and pages after failures in a row.');

const growth = () =>
  renamed(
    {
      kind: z.literal('growth'),
      pools: z.array(text()).min(1).describe('Whose instances are asked.'),
      path: path().exactOptional(),
      member: text().describe('The number in the answer.'),
      every: positiveDuration().exactOptional(),
      threshold: positiveNumber().describe('Growth of the sum in one period that counts as bad.'),
      badPeriodsInRow: count(1).exactOptional(),
    },
    { every: 'periodMs', threshold: 'thresholdPerPeriod' },
  ).describe('Adds up a number that instances expose, and pages when it grows too fast.');

const burnRate = () =>
  renamed(
    {
      kind: z.literal('burn-rate'),
      pools: z.array(text()).min(1).describe('Whose instances are asked, all together.'),
      counts: z
        .enum(['valid-tokens', 'all-401'])
        .describe('Refusals that are not the token’s own fault, or every 401.')
        .exactOptional(),
      objective: ratio().describe('Share of good answers that is promised.').exactOptional(),
      rules: z
        .array(
          renamed(
            { burnRate: positiveNumber(), long: positiveDuration(), short: positiveDuration() },
            { long: 'longMs', short: 'shortMs' },
          ),
        )
        .min(1)
        .describe('Any of them pages; 14.4 times over 1h and 5m, 6 times over 6h and 30m when left out.')
        .exactOptional(),
      every: positiveDuration().exactOptional(),
    },
    { objective: 'objectiveRatio', every: 'periodMs' },
  ).describe('Pages when the error budget burns too fast over a long and a short window.');

const skew = () =>
  renamed(
    {
      kind: z.literal('skew'),
      pools: z.array(text()).min(1).describe('Each judged by itself.'),
      silentAbove: ratio().describe('With more than this share of a pool in doubt it is silent.').exactOptional(),
      every: positiveDuration().exactOptional(),
    },
    { silentAbove: 'maxSkewedRatio', every: 'periodMs' },
  ).describe('Pages about an instance that answers 401 clearly more than an instance may.');

const journey = () =>
  renamed(
    {
      kind: z.literal('journey'),
      through: z
        .union([text(), z.array(text()).min(1)])
        .describe('Routers, asked as anybody would.')
        .exactOptional(),
      pools: z.array(text()).min(1).describe('Or the instances of pools, one by one.').exactOptional(),
      idp: text()
        .describe('Where it signs in for a token; by the login form, for a cookie, when left out.')
        .exactOptional(),
      path: path().describe('What needs the sign-in.'),
      passes: statusWords().exactOptional(),
      every: positiveDuration().exactOptional(),
      timeout: positiveDuration().exactOptional(),
      failuresInRow: count(1).describe('At one target.').exactOptional(),
    },
    { every: 'periodMs', timeout: 'timeoutMs' },
  ).describe('A synthetic user that signs in and asks for something that needs it.');

export const alert = () => z.discriminatedUnion('kind', [probe(), growth(), burnRate(), skew(), journey()]);
