/** The commonest face of a service that is down, being restarted or not deployed yet. */
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';
import { replacing } from '../replacement.ts';

export const REFUSE: FaultAbout = {
  name: 'refuse',
  sentence: 'Nothing listens: the connection is refused at once.',
  source: 'camunda/camunda#34189: the application does not start while the identity provider is down',
  layer: 'listener',
};

/** The caller sees the failure `refused`. */
export function refuse(): FaultMechanism {
  return replacing(REFUSE, 'refuses the connection', { status: 0, fate: 'refuse' });
}
