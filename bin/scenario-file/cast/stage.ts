/** What the parts of a scenario file mean to one another: which provider, which pool, which router where the file leaves it out. */
import { defaultIdpOptions } from '../../../services/idp/index.ts';
import { Moments } from '../moments.ts';
import type { BackendGroup, CheckedScenario, IdpGroup, RouterGroup } from '../schema/scenario.ts';
import { hostsNamed, placedHosts, type PlacedHost } from './placed-hosts.ts';

type PlacedAs<G> = PlacedHost & { readonly group: G };

export class Stage {
  readonly document: CheckedScenario;
  readonly hosts: readonly PlacedHost[];
  readonly moments: Moments;
  readonly idps: readonly PlacedAs<IdpGroup>[];
  readonly backends: readonly PlacedAs<BackendGroup>[];
  readonly routers: readonly PlacedAs<RouterGroup>[];

  constructor(document: CheckedScenario) {
    this.document = document;
    this.hosts = placedHosts(document);
    this.moments = new Moments(document.clock.startsAt.replace(' ', 'T'), 'start');
    this.idps = this.hosts.filter((host): host is PlacedAs<IdpGroup> => host.group.role === 'idp');
    this.backends = this.hosts.filter((host): host is PlacedAs<BackendGroup> => host.group.role === 'backend');
    this.routers = this.hosts.filter((host): host is PlacedAs<RouterGroup> => host.group.role === 'router');
  }

  get names(): readonly string[] {
    return this.hosts.map(({ name }) => name);
  }

  /** Pools of backends, in order. */
  get backendPools(): readonly string[] {
    return [...new Set(this.backends.map(({ pool }) => pool))];
  }

  /** The provider whose tokens a backend takes; undefined for none. */
  idpOf(backend: PlacedAs<BackendGroup>): string | undefined {
    const named = backend.group.idp;
    if (named === 'none') return undefined;
    return named ?? this.onlyIdp;
  }

  /** The provider where there is just one. */
  get onlyIdp(): string | undefined {
    return this.idps.length === 1 ? this.idps[0]!.name : undefined;
  }

  issuerOf(idp: string): string {
    return this.#idp(idp)?.issuer ?? `https://${idp}`;
  }

  audienceOf(idp: string): string {
    return this.#idp(idp)?.audience ?? defaultIdpOptions.audience;
  }

  #idp(name: string): IdpGroup | undefined {
    return this.idps.find((host) => host.name === name)?.group;
  }

  /** The pool behind a router: named, that of its cell, or the only one. */
  poolBehind(router: PlacedAs<RouterGroup>): string | undefined {
    if (router.group.balancedPool !== undefined) return router.group.balancedPool;
    const near = this.backends.filter(({ cell }) => cell === router.cell);
    const pools = [...new Set(near.map(({ pool }) => pool))];
    return pools.length === 1 ? pools[0] : undefined;
  }

  /** The routers that a population comes through: named, or all there are; without routers the only backend. */
  doors(through: string | readonly string[] | undefined): readonly string[] {
    if (through === undefined) {
      if (this.routers.length > 0) return this.routers.map(({ name }) => name);
      return this.backends.length === 1 ? [this.backends[0]!.name] : [];
    }
    const patterns = typeof through === 'string' ? [through] : through;
    return patterns.flatMap((pattern) => hostsNamed(pattern, this.names));
  }

  /** Backends that take bearer tokens, and those with session cookies. */
  get verifying(): readonly PlacedAs<BackendGroup>[] {
    return this.backends.filter(({ group }) => group.verifier !== undefined && group.verifier !== 'none');
  }

  get withSessions(): readonly PlacedAs<BackendGroup>[] {
    return this.backends.filter(({ group }) => group.session !== undefined);
  }

  /** How one gets to a pool from outside: its router, or its first host. */
  doorOf(pool: string): string {
    const router = this.routers.find((each) => this.poolBehind(each) === pool);
    return router?.name ?? this.hosts.find((host) => host.pool === pool)!.name;
  }
}
