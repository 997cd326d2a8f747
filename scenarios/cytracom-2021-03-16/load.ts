/** How much is asked of the auth service, whether or not it gets through its door. */
import type { RecordView } from '../../simulator/experiment/index.ts';

/** Requests of the desktop fleet a second, begun within a span. */
export function offeredPerSecond(view: RecordView, fromMs: number, untilMs: number): number {
  return view.total('fleet.token-requests', {}, { fromMs, untilMs }) / ((untilMs - fromMs) / 1000);
}

/** Requests that the auth service answered a second. */
export function servedPerSecond(view: RecordView, fromMs: number, untilMs: number): number {
  return view.total('idp.requests', {}, { fromMs, untilMs }) / ((untilMs - fromMs) / 1000);
}
