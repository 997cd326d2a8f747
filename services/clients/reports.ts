/** A user writes to support some time after the last straw. */
import { keyOf, type Process, type World } from '../../simulator/contract/index.ts';

export function* reportToSupport(world: World, operator: string, user: string, delayMs: number): Process<void> {
  yield* world.timers.sleep(delayMs);
  world.journal.step(user, 'writes to support');
  const body = { user };
  yield* world.network.call(operator, { method: 'POST', path: '/report', body, source: user, key: keyOf(3) });
}
