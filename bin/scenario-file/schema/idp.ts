/** An identity provider in a scenario file: lifetimes, keys and their rotations, capacity. */
import { z } from 'zod';
import { defaultIdpOptions, type EndpointName } from '../../../services/idp/index.ts';
import { durationMs, durationText } from '../duration.ts';
import type { Moments } from '../moments.ts';
import { capacity, hostFields, hostNames } from './host.ts';
import { duration, fields, flag, moment, positiveDuration, renamed, shown, text } from './values.ts';
import { rateLimit } from './rate-limit.ts';

const SERVICE_TIME = /^((?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+)(?: (exponential|fixed|erlang2))?$/;

const serviceTime = () => {
  const wrong: z.core.$ZodErrorMap = ({ input }) =>
    `${shown(input)} is no service time. Write a mean and a shape: 15ms exponential, 1ms fixed or 40ms erlang2.`;
  return z.codec(
    z.string({ error: wrong }).regex(SERVICE_TIME, { error: wrong }),
    z.custom<{ meanMs: number; shape: 'exponential' | 'fixed' | 'erlang2' }>(),
    {
      decode: (value) => {
        const [, mean, shape = 'exponential'] = SERVICE_TIME.exec(value)!;
        return { meanMs: durationMs(mean!)!, shape: shape as 'exponential' };
      },
      // On the way back zod asks for members that are not there, and forgets the answer.
      encode: (time) => (time === undefined ? '' : `${durationText(time.meanMs)} ${time.shape}`),
    },
  );
};

const endpoints = Object.keys(defaultIdpOptions.serviceTimes) as EndpointName[];

const serviceTimes = () => {
  const shape = Object.fromEntries(endpoints.map((name) => [name, serviceTime().exactOptional()])) as {
    [name in EndpointName]: z.ZodExactOptional<ReturnType<typeof serviceTime>>;
  };
  return fields(shape);
};

export const idpSchema = (moments: Moments) =>
  renamed(
    {
      role: z.literal('idp'),
      ...hostFields(moments),
      issuer: text()
        .describe('The iss of every token; https:// and the name of the host when left out.')
        .exactOptional(),
      audience: text().describe('The API that access tokens are for.').exactOptional(),
      keys: z
        .array(
          renamed(
            {
              kid: text(),
              published: moment(moments, { past: true }).describe('From here on it stands in the key set.'),
              signs: moment(moments, { past: true }).describe('From here on it signs.'),
              retired: moment(moments, { past: true }).describe('From here on it signs no more.').exactOptional(),
              removed: moment(moments, { past: true })
                .describe('From here on it is gone from the key set.')
                .exactOptional(),
            },
            { published: 'publishedAtMs', signs: 'signsFromMs', retired: 'retiredAtMs', removed: 'removedAtMs' },
          ),
        )
        .min(1, { error: 'must hold at least one key; leave it out for a key that was always there.' })
        .describe('Signing keys, each with the moments of its life.')
        .exactOptional(),
      rotations: z.array(rotation(moments)).describe('Keys that follow one another.').exactOptional(),
      durable: flag().describe('Whether sessions and refresh tokens survive a restart.').exactOptional(),
      durableKeys: flag().describe('Whether signing keys survive a restart.').exactOptional(),
      capacity: capacity().exactOptional(),
      serviceTimes: serviceTimes().describe('How long a worker is busy with one request, by endpoint.').exactOptional(),
      accessTokenLifetime: positiveDuration().exactOptional(),
      refreshTokenLifetime: positiveDuration().exactOptional(),
      sessionLifetime: positiveDuration().describe('Of the sign-in at the provider itself.').exactOptional(),
      codeLifetime: positiveDuration().exactOptional(),
      refreshReuseGrace: duration()
        .describe('How long a rotated refresh token may be presented again.')
        .exactOptional(),
      stampsNotBefore: flag().describe('Whether tokens carry nbf.').exactOptional(),
      rateLimit: rateLimit().exactOptional(),
    },
    {
      ...hostNames,
      accessTokenLifetime: 'accessTokenLifetimeMs',
      refreshTokenLifetime: 'refreshTokenLifetimeMs',
      sessionLifetime: 'sessionLifetimeMs',
      codeLifetime: 'codeLifetimeMs',
      refreshReuseGrace: 'refreshReuseGraceMs',
    },
  );

export const rotation = (moments: Moments) =>
  renamed(
    {
      kid: text(),
      at: moment(moments).describe('When the new key begins to sign and the old ones stop.'),
      publishAhead: duration().describe('How long before that the new key stands in the key set.'),
      retain: duration().describe('How long after that the old keys still do.'),
    },
    { at: 'atMs', publishAhead: 'publishAheadMs', retain: 'retainMs' },
  );
