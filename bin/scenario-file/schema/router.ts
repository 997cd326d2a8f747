/** A load balancer in a scenario file: a product by name, and what differs from it. */
import { z } from 'zod';
import { ROUTER_PRESETS } from '../../../services/router/index.ts';
import type { Moments } from '../moments.ts';
import { hostFields, hostNames } from './host.ts';
import { rateLimit } from './rate-limit.ts';
import { statusWords } from './status-words.ts';
import { count, duration, durationOrForever, path, positiveDuration, ratio, renamed, text } from './values.ts';

const health = () =>
  renamed(
    {
      path: path().exactOptional(),
      every: positiveDuration().exactOptional(),
      timeout: positiveDuration().exactOptional(),
      fall: count(1).describe('Failed checks in a row until an instance is taken out.').exactOptional(),
      rise: count(1).describe('Passed checks in a row until it is put back.').exactOptional(),
    },
    { every: 'periodMs', timeout: 'timeoutMs', fall: 'fallCount', rise: 'riseCount' },
  );

const ejection = () =>
  renamed(
    {
      consecutive: count(1).describe('Counted answers in a row until an instance is ejected.'),
      counts: statusWords().describe('What counts as a failure of the instance: [5xx, no-answer].'),
      eject: positiveDuration().describe('For how long.'),
      maxEject: positiveDuration().describe('Each further ejection lasts longer, up to this.').exactOptional(),
      forgive: duration().describe('Each so long in the rotation takes one ejection off that count.').exactOptional(),
      maxEjected: ratio().describe('Never more than this share of the pool at once.'),
    },
    {
      consecutive: 'consecutiveCount',
      eject: 'ejectMs',
      maxEject: 'maxEjectMs',
      forgive: 'forgiveMs',
      maxEjected: 'maxEjectedRatio',
    },
  );

const retry = () =>
  renamed(
    {
      attempts: count(1).describe('Further attempts after the first, each on another instance.'),
      on: statusWords().describe('Replies that are worth another instance: [no-answer, 503].'),
    },
    { attempts: 'attemptCount', on: 'retries' },
  );

const presetIds = ROUTER_PRESETS.map(({ id }) => id) as [string, ...string[]];

export const routerSchema = (moments: Moments) =>
  renamed(
    {
      role: z.literal('router'),
      ...hostFields(moments),
      balances: text().describe('The pool behind it; the only pool of backends when left out.').exactOptional(),
      preset: z.enum(presetIds).describe('A product with its defaults, by name.').exactOptional(),
      stickiness: z.enum(['none', 'connection']).exactOptional(),
      distribution: z.enum(['in-turn', 'hash']).describe('How an instance is chosen.').exactOptional(),
      connectionIdle: durationOrForever().describe('A connection not used for so long is closed.').exactOptional(),
      health: z
        .union([z.literal('none'), health()])
        .describe('Active health checks, or none.')
        .exactOptional(),
      ejection: z
        .union([z.literal('none'), ejection()])
        .describe('Ejection by answers, or none.')
        .exactOptional(),
      retry: z
        .union([z.literal('none'), retry()])
        .describe('Tries on another instance, or none.')
        .exactOptional(),
      rateLimit: rateLimit().exactOptional(),
      timeout: positiveDuration().describe('Patience with an instance.').exactOptional(),
    },
    { ...hostNames, balances: 'balancedPool', connectionIdle: 'connectionIdleMs', timeout: 'upstreamTimeoutMs' },
  );
