/** Which endpoint answers which path. What is not in the table gets 404, the wrong method 405. */
import type { Disk, Process, Request, Response, World } from '../../simulator/contract/index.ts';
import { AuthorizeEndpoint } from './authorize.ts';
import { Codes } from './codes.ts';
import { DiscoveryEndpoint } from './discovery.ts';
import { IntrospectEndpoint } from './introspect.ts';
import { JwksEndpoint } from './jwks.ts';
import { Lifetimes } from './lifetimes.ts';
import type { EndpointName, IdpOptions } from './options.ts';
import { PATHS } from './paths.ts';
import { RefreshFamilies } from './refresh-families.ts';
import { RevokeEndpoint } from './revoke.ts';
import { Sessions } from './sessions.ts';
import { memoryShelf, Names } from './shelf.ts';
import { SignInEndpoint } from './sign-in.ts';
import { SigningKeys } from './signing-keys.ts';
import { TokenEndpoint } from './token.ts';
import { TokenIssuer } from './tokens.ts';
import { UserInfoEndpoint } from './userinfo.ts';

/** What stands behind a path. An answer that has to wait is a process. */
export interface Endpoint {
  answer(request: Request): Response | Process<Response>;
}

export interface Route {
  readonly name: EndpointName;
  readonly path: string;
  readonly method: Request['method'];
  readonly endpoint: Endpoint;
}

export interface Routes {
  readonly routes: readonly Route[];
  readonly families: RefreshFamilies;
}

/** Builds the endpoints over the state of this start of the host. */
export function makeRoutes(world: World, options: IdpOptions, keys: SigningKeys): Routes {
  const { seals, clock, host, disk } = world;
  const shelf = options.durable ? disk : memoryShelf();
  const names = new Names(host.incarnation);
  const sessions = new Sessions(shelf, names, options.sessionLifetimeMs);
  const codes = new Codes(shelf, names, options.codeLifetimeMs);
  const lifetimes = new Lifetimes(world, options);
  const families = makeFamilies(world, options, shelf, names, lifetimes);
  const issuer = new TokenIssuer(options, keys, seals, names, lifetimes);
  const { sessionSecret } = options;
  const routes = [
    route('discovery', 'GET', new DiscoveryEndpoint(options)),
    route('jwks', 'GET', new JwksEndpoint(keys, clock)),
    route('authorize', 'GET', new AuthorizeEndpoint(world, sessions, codes, sessionSecret)),
    route('sign-in', 'POST', new SignInEndpoint(world, sessions, sessionSecret)),
    route('token', 'POST', new TokenEndpoint(world, codes, families, issuer)),
    route('userinfo', 'GET', new UserInfoEndpoint(world, keys, options)),
    route('introspect', 'POST', new IntrospectEndpoint(world, families)),
    route('revoke', 'POST', new RevokeEndpoint(world, families)),
    route('healthz', 'GET', { answer: () => HEALTHY }),
  ];
  return { routes, families };
}

/** The keys of this start: as before where they are durable, else new ones. */
export function makeKeys({ seals, disk }: World, { keys, durableKeys }: IdpOptions): SigningKeys {
  return new SigningKeys(keys, seals, durableKeys ? disk : memoryShelf());
}

const HEALTHY: Response = Object.freeze({ status: 200, body: Object.freeze({ status: 'ok' }) });

function route(name: EndpointName, method: Request['method'], endpoint: Endpoint): Route {
  return { name, path: PATHS[name], method, endpoint };
}

/** What was handed out before the scenario is there at the first start only: what a restart or a new disk loses is lost. */
function makeFamilies(
  { host }: World,
  options: IdpOptions,
  shelf: Disk,
  names: Names,
  lifetimes: Lifetimes,
): RefreshFamilies {
  const families = new RefreshFamilies(shelf, names, lifetimes, options.refreshReuseGraceMs);
  if (host.incarnation === 1) for (const grant of options.preissued) families.adopt(grant);
  return families;
}
