/** What the record tells of instances and domains: which key they held when, and who was refused. */
import type { RecordView, Span } from '../../simulator/experiment/index.ts';
import { NEW_KEY } from './scenario.ts';
import { tenants } from './tenants.ts';

export const UNAUTHORIZED = { request: 'api', outcome: 'unauthorized' };

export function groupsOn(domain: string): readonly string[] {
  return tenants.filter((group) => group.domain === domain).map(({ name }) => name);
}

export function refused(view: RecordView, populations: readonly string[], span?: Span): number {
  return populations.reduce((sum, population) => {
    return sum + view.total('user.attempts', { ...UNAUTHORIZED, population }, span);
  }, 0);
}

export function attempted(view: RecordView, populations: readonly string[], span?: Span): number {
  return populations.reduce((sum, population) => {
    return sum + view.total('user.attempts', { request: 'api', population }, span);
  }, 0);
}

/** Share of requests with a valid token that were refused; 0 without any. */
export function refusedShare(view: RecordView, populations: readonly string[], span: Span): number {
  const all = attempted(view, populations, span);
  return all === 0 ? 0 : refused(view, populations, span) / all;
}

/** Loads of a key set that holds the new key, by the instances of these groups. */
export function loadsOfNewKey(view: RecordView, groups: readonly string[]): ReturnType<RecordView['notes']> {
  return view
    .notes('keys.loaded')
    .filter(({ host, detail }) => groups.some((group) => isOf(host, group)) && holds(detail['kids'], NEW_KEY));
}

export function holds(kids: string | number | boolean | undefined, kid: string): boolean {
  return String(kids).split(', ').includes(kid);
}

export function isOf(host: string, group: string): boolean {
  return host.startsWith(`${group}-`);
}

export function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}
