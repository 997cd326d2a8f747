/** How a page judges the ID token that it got: its signature, by the key set that the browser has. */
import type { Process, Reply, Token, World } from '../../simulator/contract/index.ts';
import { isSupported } from '../backend/verifier/key-set.ts';
import { judgeKeySet } from '../backend/verifier/parse.ts';

export interface Judgement {
  readonly outcome: 'ok' | 'unknown-key' | 'bad-keys';
  readonly keys: 'cache' | 'network';
}

/** @param reply what came, or was kept, for the key set */
export function* judgeIdToken(world: World, token: Token | undefined, reply: Reply): Process<Judgement['outcome']> {
  const fetched = judgeKeySet(reply, false);
  if (!fetched.ok) return 'bad-keys';
  if (token === undefined) return 'unknown-key';
  const { alg, kid } = world.seals.peek(token).header;
  const jwk = isSupported(alg) ? fetched.set.select(alg, kid) : 'none';
  if (typeof jwk === 'string') return 'unknown-key';
  return (yield* world.seals.verify(token, jwk)) ? 'ok' : 'unknown-key';
}
