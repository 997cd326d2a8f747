/** No traffic before there are keys: the balancer asks, and the instance says so. */
import { withRole, type Mitigation, type NotApplicable, type Scenario } from '../../../simulator/contract/index.ts';
import { backend } from '../../backend/index.ts';
import { diff } from '../diff.ts';
import { NO_TOKENS, tokenInstances, tokenRouters } from './token-instances.ts';

const ID = 'readiness-gate';

export const readinessGate: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'backend',
  sentence: 'An instance without verification keys says that it is not ready, and gets no traffic.',
  source:
    'Kubernetes’ readiness probes; “gate readiness on JWKS warm-up” after 187 wrong 401s in 48 hours (dam-agents/dam#2863).',
  hurtsWhen:
    'All instances miss their keys: then nobody is ready, and public pages are down as well. Alone it heals no instance.',
  change: diff(
    "-  app.get('/readyz', (_, res) => res.sendStatus(200));",
    "+  app.get('/readyz', (_, res) => res.sendStatus(keys.size > 0 ? 200 : 503));",
  ),
  apply: gated,
};

function gated(scenario: Scenario): Scenario | NotApplicable {
  const instances = tokenInstances(scenario);
  if (instances.length === 0) return NO_TOKENS;
  if (!tokenRouters(scenario).some(({ options }) => options.health?.path === '/readyz')) {
    return { notApplicable: 'no balancer asks instances whether they are ready' };
  }
  if (instances.every(({ options }) => options.verifier!.cacheScope === 'kid')) {
    return { notApplicable: 'keys are fetched one by one here, for the tokens that come' };
  }
  return withRole(scenario, backend, (options) => {
    const { verifier } = options;
    if (verifier === undefined || verifier.cacheScope === 'kid') return options;
    return { ...options, readiness: 'when-keys' as const, readinessActedAs: ID };
  });
}
