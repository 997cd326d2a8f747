/** A backend in a scenario file: a resource server that checks tokens or opens session cookies. */
import { z } from 'zod';
import { SESSION_PRESETS } from '../../../services/backend/index.ts';
import type { Moments } from '../moments.ts';
import { capacity, hostFields, hostNames } from './host.ts';
import { duration, flag, positiveDuration, renamed, text } from './values.ts';
import { verifier } from './verifier.ts';

const session = () =>
  renamed(
    {
      preset: z
        .enum(SESSION_PRESETS.map(({ id }) => id) as [string, ...string[]])
        .describe('The session library, by name: how it treats keys and cookies it cannot open.')
        .exactOptional(),
      secrets: z
        .array(text())
        .min(1, { error: 'must hold at least one secret.' })
        .describe('The first seals, all open: a key ring. The same on every instance.')
        .exactOptional(),
      boundTo: text()
        .describe('Name of a platform value that is mixed into the key at process start: cookies are then bound to it.')
        .exactOptional(),
      keySource: z
        .enum(['configured', 'random-at-start'])
        .describe('random-at-start: each process makes a key of its own.')
        .exactOptional(),
      sealsWith: z.enum(['first', 'last']).describe('Which secret seals.').exactOptional(),
      destructiveRejection: flag()
        .describe('Whether a cookie that cannot be opened is deleted from the browser.')
        .exactOptional(),
      resignOnRead: flag().describe('Whether a cookie sealed with an older secret is sealed anew.').exactOptional(),
      lifetime: positiveDuration().describe('How long a session lasts.').exactOptional(),
      loginState: flag().describe('Whether the login form carries a state sealed by the instance.').exactOptional(),
    },
    { boundTo: 'platformValue', lifetime: 'lifetimeMs' },
  ).describe('Session cookies.');

export const backendSchema = (moments: Moments) =>
  renamed(
    {
      role: z.literal('backend'),
      ...hostFields(moments),
      idp: text().describe('Whose tokens it takes: the name of a host, or none.').exactOptional(),
      audience: text().describe('The audience it wants in a token; that of its idp when left out.').exactOptional(),
      verifier: verifier().exactOptional(),
      session: session().exactOptional(),
      boot: duration().describe('From process start until the door opens.').exactOptional(),
      serviceTime: positiveDuration().describe('Mean time a worker spends on a request.').exactOptional(),
      capacity: capacity().exactOptional(),
      readiness: z.enum(['always', 'when-keys']).describe('What /readyz says before keys are held.').exactOptional(),
      dependencyTimeout: positiveDuration().describe('Patience with services it calls itself.').exactOptional(),
    },
    { ...hostNames, boot: 'bootMs', serviceTime: 'serviceMeanMs', dependencyTimeout: 'dependencyTimeoutMs' },
  );
