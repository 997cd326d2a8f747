/** Kong Gateway: passive health checks exist, with thresholds of 0, which is off. */
import type { RouterPreset } from './preset.ts';

export const kong: RouterPreset = {
  id: 'kong',
  sentence: 'Tries up to five other instances when a connection fails; counts no answers until thresholds are set.',
  source:
    'Kong’s upstreams.lua and services.lua as of July 1 2026: passive unhealthy statuses 429, 500, 503 with thresholds 0, retries 5, read_timeout 60000.',
  options: {
    stickiness: 'none',
    connectionIdleMs: 60_000,
    retry: { attemptCount: 5, retries: ['no-answer'] },
    upstreamTimeoutMs: 60_000,
  },
};
