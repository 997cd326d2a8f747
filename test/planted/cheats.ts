/**
 * Mitigations that would look good if harm were counted naively: one turns everybody away, one lets everybody in, one sees
 * to it that nobody hears of anything, one only says that it acts. Each says so whenever it is in force.
 */
import {
  ACTED,
  cast,
  withRole,
  type Handler,
  type HostSpec,
  type Mitigation,
  type Process,
  type Request,
  type Response,
  type Role,
  type Scenario,
  type World,
  type Wrap,
} from '../../simulator/contract/index.ts';
import { backend } from '../../services/backend/index.ts';
import { idp } from '../../services/idp/index.ts';
import { operator } from '../../services/operator/index.ts';

const FORBIDDEN: Response = Object.freeze({ status: 403 });
const WELCOME: Response = Object.freeze({ status: 200 });

interface ClaimOptions {
  readonly mitigation: string;
}

const claimant: Role<ClaimOptions> = { name: 'claimant', main: claim };

function* claim(world: World, { mitigation }: ClaimOptions): Process<void> {
  world.journal.note(ACTED, { mitigation });
  yield* world.timers.sleep(Infinity);
}

/** The play with a host that says the mitigation acts. */
function claimed(scenario: Scenario, mitigation: string): Scenario {
  const host = cast({ name: mitigation, pool: 'claimants', role: claimant, options: { mitigation } });
  return { ...scenario, cast: [...scenario.cast, host] };
}

function wrapped(scenario: Scenario, roles: readonly unknown[], wrap: Wrap): Scenario {
  const change = (host: HostSpec): HostSpec =>
    roles.includes(host.role) ? { ...host, wraps: [wrap, ...(host.wraps ?? [])] } : host;
  return { ...scenario, cast: scenario.cast.map(change) };
}

function* refused(): Process<Response> {
  return FORBIDDEN;
}

function* admitted(inner: Handler, request: Request): Process<Response> {
  const needsCredential = ['/api/', '/app/', '/portal/'].some((prefix) => request.path.startsWith(prefix));
  return needsCredential ? WELCOME : yield* inner(request);
}

const cheat = (id: string, sentence: string, apply: (scenario: Scenario) => Scenario): Mitigation => ({
  id,
  sentence,
  source: 'made for tests',
  family: 'keys-missing-at-start',
  place: 'edge',
  hurtsWhen: 'Always.',
  change: '+ made up',
  apply: (scenario) => claimed(apply(scenario), id),
});

export const refuseUsers = cheat('refuse-users', 'Refuses every request: nobody is signed out, nobody waits.', (play) =>
  wrapped(play, [backend, idp], () => refused),
);

export const acceptEverything = cheat('accept-everything', 'Takes every credential, forged ones too.', (play) =>
  wrapped(play, [backend], (inner) => (request) => admitted(inner, request)),
);

export const neverAlert = cheat('never-alert', 'Nobody is paged, no report is read.', (play) =>
  withRole(play, operator, (options) => ({ ...options, reports: { ...options.reports, thresholdCount: Infinity } })),
);

export const onlyTalk = cheat('only-talk', 'Says that it acts and does nothing.', (play) => play);
