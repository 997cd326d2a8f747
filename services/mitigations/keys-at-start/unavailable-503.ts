/** Whose fault it is, said rightly: without keys an instance cannot know whether a token is good. */
import { withRole, type Mitigation, type NotApplicable, type Scenario } from '../../../simulator/contract/index.ts';
import { backend } from '../../backend/index.ts';
import { diff } from '../diff.ts';
import { NO_TOKENS, tokenInstances } from './token-instances.ts';

const ID = 'unavailable-503';

/** Ours: about as long as people wait before they try again by themselves, and another instance may well serve them. */
const RETRY_AFTER_SECONDS = 5;

export const unavailable503: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'backend',
  sentence: 'An instance that has no keys answers 503 with Retry-After in place of 401: nobody is signed out for it.',
  source:
    'RFC 6750 keeps 401 for tokens that are invalid; “report JWKS outages as 503” (dam-agents/dam#2863); NGINX and express-jwt answer 500.',
  hurtsWhen:
    'Balancers eject on 5xx and every instance misses its keys, or clients that ignore Retry-After ask again at once.',
  change: diff(
    "-  catch (error) { res.status(401).set('WWW-Authenticate', 'Bearer error=\"invalid_token\"').end(); }",
    "+  catch (error) { res.status(error instanceof KeysUnavailable ? 503 : 401).set('Retry-After', '5').end(); }",
  ),
  apply: saidRightly,
};

function saidRightly(scenario: Scenario): Scenario | NotApplicable {
  const instances = tokenInstances(scenario);
  if (instances.length === 0) return NO_TOKENS;
  if (instances.every(({ options }) => options.verifier!.statusOnKeysUnavailable === 503)) {
    return { notApplicable: 'missing keys are told as 503 here already' };
  }
  return withRole(scenario, backend, (options) => {
    const { verifier } = options;
    if (verifier === undefined || verifier.statusOnKeysUnavailable === 503) return options;
    const honest = { ...verifier, statusOnKeysUnavailable: 503 as const };
    return { ...options, verifier: honest, retryAfterSeconds: RETRY_AFTER_SECONDS, unavailableActedAs: ID };
  });
}
