/** The door of each auth service of a play, with one more thing at it. */
import { hostsOf, withRole, type NotApplicable, type Scenario } from '../../../simulator/contract/index.ts';
import type { GuardOptions, LineLimit, LineOptions } from '../../admission/index.ts';
import { idp, type IdpOptions } from '../../idp/index.ts';

export const NO_AUTH_SERVICE: NotApplicable = { notApplicable: 'no identity provider or auth service here' };

export function hasAuthService(scenario: Scenario): boolean {
  return hostsOf(scenario, idp).length > 0;
}

export function withGuard(scenario: Scenario, guard: GuardOptions): Scenario {
  return withRole(scenario, idp, (options) => {
    const { admission = {} } = options;
    return { ...options, admission: { ...admission, guards: [...(admission.guards ?? []), guard] } };
  });
}

/** @param change what to lay over the line that is there, by the options of its service */
export function withLine(
  scenario: Scenario,
  change: (options: IdpOptions) => Partial<LineOptions>,
): Scenario | NotApplicable {
  if (!hasAuthService(scenario)) return NO_AUTH_SERVICE;
  return withRole(scenario, idp, (options) => {
    const { admission = {} } = options;
    return { ...options, admission: { ...admission, line: { ...admission.line, ...change(options) } } };
  });
}

/** Cheap, and dear to be without: an instance that is refused the keys at boot may go on without them. */
const EXEMPT = ['/.well-known/', '/jwks', '/healthz'];

/** One limit more, judged after those that are there. Key documents and health checks pass it. */
export function withLimit(scenario: Scenario, limitOf: (options: IdpOptions) => LineLimit): Scenario | NotApplicable {
  return withLine(scenario, (options) => ({
    limits: [...(options.admission?.line?.limits ?? []), { exempt: EXEMPT, ...limitOf(options) }],
  }));
}
