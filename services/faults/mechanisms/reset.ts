/** A process that crashes, a proxy that drains, a firewall that forgot the connection: the caller cannot tell them apart. */
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';
import { replacing } from '../replacement.ts';

export const RESET: FaultAbout = {
  name: 'reset',
  sentence: 'The connection dies before an answer comes.',
  source: 'kafbat/kafka-ui#871: "Connection reset by peer" now and then at the token endpoint',
  layer: 'listener',
};

/** The caller sees the failure `reset`. The server does no work; use `cut` for an answer lost after the work. */
export function reset(): FaultMechanism {
  return replacing(RESET, 'resets the connection', { status: 0, fate: 'reset' });
}
