/** A flag that old clients look at, and that ends their background renewal. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { withOldClients } from './desktop-clients.ts';

const ID = 'client-kill-switch';

/** The default of Firebase Remote Config (`minimumFetchIntervalMillis` 43,200,000). */
const POLL_MS = 43_200_000;

export const clientKillSwitch: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'client',
  sentence: 'A remote flag, thrown at the beginning, ends background renewal in old clients, each within 12 hours.',
  source: 'Feature flags as kill switches; 12 hours is how seldom Firebase Remote Config fetches by default.',
  hurtsWhen:
    'It was not built in before it was needed, or the storm is over before clients look; renewals are off for the healthy, too.',
  change: diff('+  if (!remoteConfig.getBoolean("background_refresh")) return;', '   scheduleRefresh();'),
  apply: (scenario) =>
    withOldClients(scenario, (options) => ({
      ...options,
      killSwitch: { fromMs: 0, pollMs: POLL_MS, actedAs: ID },
    })),
};
