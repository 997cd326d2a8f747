/** ASP.NET Core cookie authentication over Data Protection: with keys where all instances find them, and without. */
import type { SessionPreset } from './preset.ts';

const COOKIE =
  'a ticket that cannot be unprotected fails and stays in the browser, renewed when half its time is over (CookieAuthenticationHandler.cs, read)';

export const aspnetDataProtection: SessionPreset = {
  id: 'aspnet-data-protection',
  sentence: 'Shares its ring of keys; leaves a cookie that it cannot open alone.',
  source: `ASP.NET Core 8, keys in a shared place: ${COOKIE}.`,
  behaviour: { destructiveRejection: false, resignOnRead: false },
};

/** Containers without a volume, or any host without a user profile: the last place that the defaults fall back to. */
export const aspnetDataProtectionInMemory: SessionPreset = {
  id: 'aspnet-data-protection-in-memory',
  sentence: 'Makes keys of its own at every start and forgets them at the end of the process.',
  source: `ASP.NET Core 8, default-settings.md: “in memory only” where no other place is found; ${COOKIE}.`,
  behaviour: { destructiveRejection: false, resignOnRead: false, keySource: 'random-at-start' },
};
