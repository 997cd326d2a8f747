/** A ring of session keys that every instance shares, and the two ways in which a new key can come in: one is a trap. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { rotated, rolledOut } from './ring-roll-out.ts';

/**
 * In a play without a roll-out the new key has been the only one for long. On the good day it comes in three deploys, to
 * every pool: open with it, then seal with it, and once the last session of the old key has ended open with it alone.
 */
export const keyRingTwoPhase: Mitigation = {
  id: 'key-ring-two-phase',
  family: 'host-bound-cookie',
  place: 'backend',
  sentence:
    'Session keys come from a ring that all instances share; a new key first opens everywhere and only then seals.',
  source:
    'Two phases: Django’s SECRET_KEY_FALLBACKS and Rails’ cookies_rotations keep old keys for opening; ASP.NET Core Data Protection publishes a key 2 days before it seals. Three deploys in place of its waiting: ours.',
  hurtsWhen:
    'Somebody drops the old key before its last session has ended, or deploys the second phase into the first.',
  change: diff(
    '-  const keys = [hash(secret + os.hostname())];',
    '+  const keys = [oldKey, newKey];   // deploy 1: opens with both, seals with the first',
    '+  const keys = [newKey, oldKey];   // deploy 2, when deploy 1 is everywhere',
    '+  const keys = [newKey];           // deploy 3, one session lifetime later',
  ),
  apply: (scenario) => rotated(scenario, 'key-ring-two-phase', [{ fromMs: 0, ring: ['new'] }]),
  rollOut: (scenario) => rolledOut(scenario, 'key-ring-two-phase', [['old', 'new'], ['new', 'old'], ['new']]),
};

/** The same ring with the new key sealing from the first restarted process on, while the others do not know it. */
export const keyRingOnePhase: Mitigation = {
  id: 'key-ring-one-phase',
  family: 'host-bound-cookie',
  place: 'backend',
  sentence: 'Session keys come from a ring that all instances share; a new key seals from its first deploy on.',
  source:
    'Rails guide on security: rotate by adding the old secret for reading; measured with cookie-session 2.1.1 and @fastify/secure-session 8.4.0: instances without the new key answer 401 to what the others have sealed.',
  hurtsWhen: 'Always, for as long as a rolling deploy takes: half of the instances reject what the other half seals.',
  change: diff('-  const keys = [oldKey];', '+  const keys = [newKey, oldKey];   // in one rolling deploy'),
  apply: (scenario) => rotated(scenario, 'key-ring-one-phase', [{ fromMs: 0, ring: ['new'] }]),
  rollOut: (scenario) => rolledOut(scenario, 'key-ring-one-phase', [['new', 'old'], ['new']]),
};
