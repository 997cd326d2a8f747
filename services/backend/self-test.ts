/** A process proves to itself, before it opens its door, that it can judge a real token: one that it gets for itself. */
import { ACTED, keyOf, type Process, type World } from '../../simulator/contract/index.ts';
import { makeBrowser, signIn } from '../idp/client.ts';
import type { Verifier } from './verifier/index.ts';

export interface SelfTestOptions {
  /** Host name of the identity provider that the token is fetched from. */
  readonly idp: string;
  /** Patience with each of its steps. */
  readonly timeoutMs: number;
  /** The mitigation that this is: it acts each time that a process ends because of it. */
  readonly actedAs: string;
}

/** False: the process has to end. A token that cannot be had is no proof either. */
export function* passesSelfTest(world: World, verifier: Verifier, options: SelfTestOptions): Process<boolean> {
  const { name, incarnation } = world.host;
  const browser = makeBrowser({ user: `self-test-${name}`, clientId: 'self-test', idp: options.idp });
  const key = keyOf(incarnation, 0x5e1f);
  const got = yield* signIn(world, browser, { key, timeoutMs: options.timeoutMs });
  const verdict = got.ok ? yield* verifier.verify(got.tokens.accessToken, { key }) : undefined;
  if (verdict?.ok === true) return true;
  const reason = verdict === undefined ? 'no token' : verdict.reason;
  world.journal.note(ACTED, { mitigation: options.actedAs, reason });
  return false;
}
