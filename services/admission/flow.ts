/**
 * What a request to an auth service is about, in order of importance: a session that exists, a person who signs in, a
 * client that renews its tokens by itself. An edge tells them by path and grant type.
 */
import type { Request } from '../../simulator/contract/index.ts';

/** Most important first. Square shed by hand in this order (its outage of September 7 2023); Netflix calls the last one prefetch. */
export const FLOWS = ['session', 'sign-in', 'background'] as const;

export type Flow = (typeof FLOWS)[number];

/** The index of its flow in {@link FLOWS}. */
export function rankOf({ path, body }: Request): number {
  if (path === '/token') return isRefresh(body) ? 2 : 1;
  return path === '/authorize' || path === '/sign-in' ? 1 : 0;
}

/** The refresh token that a request presents; undefined when it presents none. */
export function refreshTokenOf({ path, body }: Request): string | undefined {
  if (path !== '/token' || !isRefresh(body)) return undefined;
  const { refresh_token: token } = body as { readonly refresh_token?: unknown };
  return typeof token === 'string' ? token : undefined;
}

function isRefresh(body: unknown): boolean {
  return (body as { readonly grant_type?: string } | undefined)?.grant_type === 'refresh_token';
}
