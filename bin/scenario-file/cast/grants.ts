/** Sign-ins from before the scenario: refresh tokens that an identity provider knows of when it begins. */
import type { PreissuedGrant } from '../../../services/idp/index.ts';
import type { FleetClient } from '../../../services/clients/desktop-fleet.ts';
import type { PopulationEntry } from '../schema/scenario.ts';
import type { Stage } from './stage.ts';

type Fleet = Extract<PopulationEntry, { readonly kind: 'desktop-fleet' }>;
type Steady = Extract<PopulationEntry, { readonly kind: 'steady' }>;

const GRANT_LIFETIME_MS = 30 * 86_400_000;

/** Those of fleets, then those of users whose requests are looked up at the provider. */
export function grantsAt(stage: Stage, idp: string): readonly PreissuedGrant[] {
  const populations = Object.entries(stage.document.populations);
  const ofFleets = populations.flatMap(([name, entry]) => {
    if (entry.kind !== 'desktop-fleet' || (entry.auth ?? stage.onlyIdp) !== idp) return [];
    return fleetClients(name, entry).map((client) => grantOf(name, client));
  });
  const ofUsers = populations.flatMap(([name, entry]) => {
    return entry.kind === 'steady' && isLookedUp(entry) && providerOf(stage, entry) === idp ? [userGrant(name)] : [];
  });
  return [...ofFleets, ...ofUsers];
}

function isLookedUp({ path, withSession }: Steady): boolean {
  return withSession === true && path.startsWith('/portal/');
}

function providerOf(stage: Stage, { target }: Steady): string | undefined {
  const host = stage.backends.find(({ name }) => name === target);
  return host === undefined ? undefined : stage.idpOf(host);
}

/** Old clients first. Tokens expire evenly rather than by chance, so that every seed has the same storm to weather. */
export function fleetClients(population: string, fleet: Fleet): readonly FleetClient[] {
  const versions = [
    { version: 'old' as const, size: fleet.oldCount, offset: 0 },
    { version: 'fixed' as const, size: fleet.fixedCount, offset: fleet.oldCount },
  ];
  return versions.flatMap(({ version, size, offset }) =>
    Array.from({ length: size }, (_, index) => {
      const { fromMs, untilMs } = fleet.tokensExpire[index % fleet.tokensExpire.length]!;
      return {
        index: offset + index,
        refreshToken: `refresh/${population}-${offset + index}`,
        expiresAtMs: fromMs + ((untilMs - fromMs) * index) / size,
        version,
      };
    }),
  );
}

function grantOf(population: string, { index, refreshToken, expiresAtMs }: FleetClient): PreissuedGrant {
  const name = `${population}-${index}`;
  return { refreshToken, username: name, clientId: name, scope: 'openid offline_access', expiresAtMs };
}

function userGrant(name: string): PreissuedGrant {
  const expiresAtMs = GRANT_LIFETIME_MS;
  return { refreshToken: `refresh/${name}`, username: name, clientId: name, scope: 'openid', expiresAtMs };
}
