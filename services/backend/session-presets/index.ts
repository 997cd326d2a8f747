/** The session libraries that a scenario can name. */
import { SimulatorError } from '../../../simulator/contract/index.ts';
import { aspnetDataProtection, aspnetDataProtectionInMemory } from './aspnet-data-protection.ts';
import { aspnetMachineKey } from './aspnet-machine-key.ts';
import { cookieSession } from './cookie-session.ts';
import { djangoSignedCookies } from './django.ts';
import { expressOpenidConnect } from './express-openid-connect.ts';
import { expressSession, expressSessionDefault } from './express-session.ts';
import { fastifySecureSession } from './fastify-secure-session.ts';
import { flask, flask310 } from './flask.ts';
import { ironSession } from './iron-session.ts';
import { modAuthOpenidc } from './mod-auth-openidc.ts';
import type { SessionPreset } from './preset.ts';
import { rails } from './rails.ts';

export type { SessionBehaviour, SessionPreset } from './preset.ts';

/** In the order of lists. */
export const SESSION_PRESETS: readonly SessionPreset[] = [
  cookieSession,
  expressSessionDefault,
  expressSession,
  fastifySecureSession,
  ironSession,
  expressOpenidConnect,
  aspnetDataProtection,
  aspnetDataProtectionInMemory,
  aspnetMachineKey,
  rails,
  djangoSignedCookies,
  flask,
  flask310,
  modAuthOpenidc,
];

/** @throws SimulatorError `bad-argument` with the ids there are */
export function sessionPreset(id: string): SessionPreset {
  const preset = SESSION_PRESETS.find((candidate) => candidate.id === id);
  if (preset !== undefined) return preset;
  const known = SESSION_PRESETS.map((candidate) => candidate.id).join(', ');
  throw new SimulatorError('bad-argument', `There is no session preset "${id}".`, `Take one of: ${known}.`);
}
