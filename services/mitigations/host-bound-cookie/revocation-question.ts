/**
 * Whoever changes where a session is held answers for it: the attacker signs out and tries a copy of the cookie. uniFLOW's
 * report speaks of sessions that are revoked, so its servers could end one, by means that it does not tell and the model
 * does not have; arms that leave sessions where they were are not asked.
 */
import { withRole, type Scenario } from '../../../simulator/contract/index.ts';
import { attacker } from '../../clients/attacker.ts';

/** @param fromMs when sessions are held the new way everywhere */
export function askedAboutRevocation(scenario: Scenario, fromMs: number): Scenario {
  return withRole(scenario, attacker, (options) =>
    options.cookies === undefined ? options : { ...options, cookies: { ...options.cookies, signsOutFromMs: fromMs } },
  );
}
