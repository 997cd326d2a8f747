/**
 * The smallest stage for an IdP: the provider, and one caller whose behaviour is a script. For trying it by hand, and for
 * its tests. The way takes 1 ms each way without chance, so that times come out round.
 */
import { cast, type Process, type Role, type Scenario, type World } from '../../simulator/contract/index.ts';
import { idp } from './idp.ts';
import { defaultIdpOptions, type IdpOptions, type ServiceTime } from './options.ts';

export type Script = (world: World) => Process<void>;

/** May start and stop hosts, so that a script can restart the IdP. */
const caller: Role<Script> = { name: 'caller', privileged: true, main: (world, script) => script(world) };

const AT_ONCE: ServiceTime = { meanMs: 0, shape: 'fixed' };

/** Service times of 0 ms, for scripts about anything but capacity. */
export const instantly = Object.fromEntries(
  Object.keys(defaultIdpOptions.serviceTimes).map((endpoint) => [endpoint, AT_ONCE]),
) as IdpOptions['serviceTimes'];

/**
 * @param options what differs from {@link defaultIdpOptions} with {@link instantly}
 * @param endMs length of the scenario; 1 h by default
 */
export function rehearsal(script: Script, options: Partial<IdpOptions> = {}, endMs = 3_600_000): Scenario {
  return {
    id: 'idp-rehearsal',
    cast: [
      cast({
        name: 'idp',
        pool: 'idp',
        role: idp,
        options: { ...defaultIdpOptions, serviceTimes: instantly, ...options },
      }),
      cast({ name: 'caller', pool: 'caller', role: caller, options: script }),
    ],
    faults: [],
    links: { default: { baseMs: 1, jitterMeanMs: 0 } },
    windows: [{ fromMs: 0, untilMs: endMs }],
    endMs,
  };
}
