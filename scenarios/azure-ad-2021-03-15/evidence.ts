/** What the record tells of single instances: from when to when they held metadata without the key, and whom they refused. */
import type { RecordView, Span } from '../../simulator/experiment/index.ts';
import { applications, instanceName, type Application } from './applications.ts';
import { T0_MS } from './clock.ts';
import { RETAINED } from './scenario.ts';

export const UNAUTHORIZED = { request: 'api', outcome: 'unauthorized' };

export interface Loss {
  readonly instance: string;
  readonly application: Application;
  /** When it loaded a set without the key. */
  readonly fromMs: number;
  /** When it loaded the key again; Infinity for not within the record. */
  readonly untilMs: number;
}

/** Every stretch of time in which an instance did not hold the key, in order of its beginning. */
export function losses(view: RecordView): readonly Loss[] {
  const found: Loss[] = [];
  for (const application of applications) {
    for (const instance of instancesOf(view, application)) {
      const loads = view.notes('keys.loaded').filter(({ host }) => host === instance);
      loads.forEach((note, index) => {
        if (holdsKey(note.detail['kids']) || (index > 0 && !holdsKey(loads[index - 1]!.detail['kids']))) return;
        const again = loads.slice(index).find((later) => holdsKey(later.detail['kids']));
        found.push({ instance, application, fromMs: note.atMs, untilMs: again?.atMs ?? Infinity });
      });
    }
  }
  return found.sort((a, b) => a.fromMs - b.fromMs);
}

export function instancesOf(view: RecordView, { name }: Application): readonly string[] {
  const started = new Set(view.notes('backend.listening').map(({ host }) => host));
  const names = Array.from({ length: started.size }, (_, index) => instanceName(name, index));
  return names.filter((instance) => started.has(instance));
}

function holdsKey(kids: string | number | boolean | undefined): boolean {
  return String(kids).split(', ').includes(RETAINED);
}

/** Requests with a valid token that were refused. */
export function refused(view: RecordView, labels: Readonly<Record<string, string>> = {}, span?: Span): number {
  return view.total('user.attempts', { ...UNAUTHORIZED, ...labels }, span);
}

export function attempted(view: RecordView, labels: Readonly<Record<string, string>> = {}, span?: Span): number {
  return view.total('user.attempts', { request: 'api', ...labels }, span);
}

/** Instances that had lost the key by then and not got it back. */
export function without(all: readonly Loss[], atMs: number): readonly string[] {
  return all.filter(({ fromMs, untilMs }) => fromMs <= atMs && untilMs > atMs).map(({ instance }) => instance);
}

/** Minutes after T0, for tables. */
export function minutesAfterT0(atMs: number): string {
  return `+${Math.round((atMs - T0_MS) / 60_000)} min`;
}

export function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}
