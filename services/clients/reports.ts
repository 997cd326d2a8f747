/** A user writes to support some time after the last straw. */
import { keyOf, type Draws, type Process, type World } from '../../simulator/contract/index.ts';
import type { ReportOptions } from './spa-options.ts';

/**
 * Somebody for whom it was the last straw writes to support, or does not; call it once a user. Who has left meanwhile still
 * writes.
 * @param draws keyed by the user; keys 0 and 1 of it are used
 */
export function mayReport(
  world: World,
  { operator, reports }: { readonly operator: string; readonly reports: ReportOptions },
  draws: Draws,
  user: number,
  name: string,
): void {
  if (!draws.chance(reports.probability, user, 0)) return;
  const delayMs = draws.logNormal(reports.delayMedianMs, reports.delaySigma, user, 1);
  world.tasks.background(reportToSupport(world, operator, name, delayMs));
}

export function* reportToSupport(world: World, operator: string, user: string, delayMs: number): Process<void> {
  yield* world.timers.sleep(delayMs);
  world.journal.step(user, 'writes to support');
  const body = { user };
  yield* world.network.call(operator, { method: 'POST', path: '/report', body, source: user, key: keyOf(3) });
}
