/** Microsoft.IdentityModel under ASP.NET Core's JwtBearer: old configuration for ever, new keys after a while. */
import { presetOf } from './preset.ts';

const MANAGER = 'read in ConfigurationManager, about 8.1';

export const microsoftIdentityModel = presetOf(
  {
    id: 'microsoft-identitymodel',
    sentence:
      'Serves old keys as long as it takes and fetches new ones every 12 h; an unknown kid asks once in 5 minutes and is not waited for.',
    source:
      'Microsoft.IdentityModel ConfigurationManager in ASP.NET Core JwtBearer, snapshot of 24 October 2024: read, not run.',
    differences: [
      'The real one refreshes with the first request after 12 h, here the clock does it.',
      'The last-known-good configuration, which covers a bad new one for an hour, is not modelled.',
    ],
  },
  {
    ttlMs: [Infinity, `${MANAGER}: the existing configuration is returned and refreshed behind`],
    cooldownAfterSuccessMs: [0, MANAGER],
    cooldownAfterFailureMs: [0, `${MANAGER}: every request tries again`],
    singleFlight: ['in-turn', `${MANAGER}: a semaphore`],
    fetchTimeoutMs: [60_000, 'BackchannelTimeout of JwtBearer, from memory'],
    innerRetries: [1, 'read in HttpDocumentRetriever'],
    innerRetriesOn: [[408, 503], 'read in HttpDocumentRetriever'],
    fetchesPerAttempt: [2, MANAGER],
    unknownKid: [{ limit: 1, perMs: 300_000 }, `${MANAGER}: RequestRefresh`],
    unknownKidWaits: [false, `${MANAGER}: the refresh is not waited for, so the first request still fails`],
    backgroundIntervalMs: [43_200_000, MANAGER],
    backgroundJitterRatio: [0.05, MANAGER],
    backgroundRetry: [{ kind: 'fixed', everyMs: 300_000 }, 'refresh interval, from memory'],
    startup: [{ mode: 'lazy' }, MANAGER],
    statusOnKeysUnavailable: [500, 'read in JwtBearerHandler.cs: the exception is rethrown'],
    statusOnUnknownKid: [401, 'from memory'],
    clockToleranceMs: [300_000, 'read in TokenValidationParameters.cs'],
  },
);
