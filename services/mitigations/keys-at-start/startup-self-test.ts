/** An instance proves that it can do its work before it is given any: it judges a real token. */
import { withRole, type Mitigation, type NotApplicable, type Scenario } from '../../../simulator/contract/index.ts';
import { backend } from '../../backend/index.ts';
import { diff } from '../diff.ts';
import { NO_TOKENS, NOTHING_RESTARTS, supervised, tokenInstances, tokenPools } from './token-instances.ts';

const ID = 'startup-self-test';
const TIMEOUT_MS = 5_000;

export const startupSelfTest: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'backend',
  sentence: 'Before it opens its door a process gets a token for itself and judges it; when that fails, it ends.',
  source: 'Ours; a smoke test as deploy pipelines run it, moved into the process. Restarted with CrashLoopBackOff.',
  hurtsWhen:
    'The provider is away during a deploy or a scale-out: nothing starts, even where old keys would have done. It needs credentials of its own.',
  change: diff(
    '   await fetchKeys().catch(log);',
    '+  const token = await getToken(selfTestCredentials);',
    '+  if (!(await verify(token))) process.exit(1);',
    '   server.listen(8080);',
  ),
  apply: tested,
};

function tested(scenario: Scenario): Scenario | NotApplicable {
  if (tokenInstances(scenario).length === 0) return NO_TOKENS;
  const watched = supervised(scenario, tokenPools(scenario));
  if (watched === undefined) return NOTHING_RESTARTS;
  return withRole(watched, backend, (options) => {
    if (options.verifier === undefined) return options;
    return { ...options, selfTest: { idp: options.idp.host, timeoutMs: TIMEOUT_MS, actedAs: ID } };
  });
}
