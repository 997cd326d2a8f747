/** NGINX, the open-source one: no checks of its own, it learns from failed requests. */
import type { RouterPreset } from './preset.ts';

/** More than any pool has: `proxy_next_upstream_tries 0` is no limit. */
const EVERYBODY = 1_000;

export const nginx: RouterPreset = {
  id: 'nginx',
  sentence: 'One failed connection or time-out takes an instance out for 10 s; no setting makes a 401 count.',
  source:
    'nginx.org, ngx_http_upstream_module and ngx_http_proxy_module as of July 22 2026: max_fails=1, fail_timeout=10s, proxy_next_upstream error timeout, proxy_read_timeout 60s.',
  options: {
    stickiness: 'none',
    connectionIdleMs: 60_000,
    ejection: { consecutiveCount: 1, counts: ['no-answer'], ejectMs: 10_000, maxEjectedRatio: 1 },
    retry: { attemptCount: EVERYBODY, retries: ['no-answer'] },
    upstreamTimeoutMs: 60_000,
  },
};
