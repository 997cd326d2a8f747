/** The balancer keeps a browser with the instance that it met first: nobody else ever sees its cookie, while that lives. */
import {
  cast,
  type HostSpec,
  type Mitigation,
  type NotApplicable,
  type Scenario,
} from '../../../simulator/contract/index.ts';
import { router, type RouterOptions } from '../../router/index.ts';
import { diff } from '../diff.ts';
import { affinity } from './affinity.ts';
import { objection, sharedPools } from './shared-sessions.ts';

const ID = 'sticky-sessions';

export const stickySessions: Mitigation = {
  id: ID,
  family: 'host-bound-cookie',
  place: 'router',
  sentence:
    'The balancer sends a browser to the instance that answered it first, by a cookie, for as long as that is there.',
  source:
    'Azure Application Gateway’s cookie-based affinity, AWS ALB’s sticky sessions; “sticky sessions cure it” in reports of loops from unshared keys (auth0/passport-auth0#86).',
  hurtsWhen:
    'The instance goes, with a scaling event or a deploy: all that stuck to it are at the door of another key.',
  change: diff('   upstream app {', '+    sticky cookie affinity;', '     server app-1; server app-2;', '   }'),
  apply: stuck,
};

function stuck(scenario: Scenario): Scenario | NotApplicable {
  const refusal = objection(scenario);
  if (refusal !== undefined) return refusal;
  const pools = sharedPools(scenario);
  const isDoor = (host: HostSpec): boolean =>
    (host.role as unknown) === router && pools.includes((host.options as RouterOptions).pool);
  if (!scenario.cast.some(isDoor)) return { notApplicable: 'no balancer stands before the sessions here' };
  const doors = scenario.cast.map((host) => {
    if (!isDoor(host)) return host;
    const { pool, upstreamTimeoutMs } = host.options as RouterOptions;
    const wrap = affinity({ pool, timeoutMs: upstreamTimeoutMs, actedAs: ID });
    return cast({ ...host, wraps: [wrap, ...(host.wraps ?? [])] });
  });
  return { ...scenario, cast: doors };
}
