/** Where the attacker tries what must be refused. One takes part in every run. */
import { z } from 'zod';
import { path, positiveDuration, renamed, text } from './values.ts';

export const attacker = () =>
  renamed(
    {
      every: positiveDuration().exactOptional(),
      tokens: renamed({ idp: text(), through: text(), path: path() }, { through: 'edge' })
        .describe('The provider whose tokens are forged, and where they are tried.')
        .exactOptional(),
      cookies: renamed({ through: text(), path: path() }, { through: 'edge' })
        .describe('Where a cookie of another tenant is tried.')
        .exactOptional(),
    },
    { every: 'everyMs' },
  );

/** One-way latency between zones. */
export const link = () =>
  renamed(
    {
      base: positiveDuration().describe('The constant part.'),
      jitter: positiveDuration().describe('Mean of an exponential part on top.'),
      loss: z.number().min(0).max(1).describe('Share of connection attempts lost.').exactOptional(),
    },
    { base: 'baseMs', jitter: 'jitterMeanMs', loss: 'lossRatio' },
  );
