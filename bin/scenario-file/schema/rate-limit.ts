/** A rate limit at the door of a host, and the same as something that an owner sets later. */
import { z } from 'zod';
import { count, path, rate, renamed } from './values.ts';

export const rateLimit = () =>
  renamed(
    {
      rate: rate().describe('Sustained requests of one client, for instance 10/s or 30/m.'),
      burst: count(1).describe('Size of the bucket.'),
      per: z.enum(['source', 'client-id']).describe('What a client is: its address, or its client_id.'),
      paths: z.array(path()).min(1, { error: 'must name at least one path.' }).describe('Limited paths, by prefix.'),
      retryAfterSeconds: count(0).describe('Told to the refused client.'),
    },
    { rate: 'ratePerSecond', burst: 'burstCount', per: 'clientKey' },
  ).describe('A token bucket for each client.');
