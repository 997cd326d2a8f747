/** What somebody could have done about it: a pure change of a scenario, with its origin and what it costs to have. */
import type { Scenario } from './scenario.ts';

/** The family of incidents that it was thought of for. It may help in others. */
export type MitigationFamily = 'keys-missing-at-start' | 'retry-storm' | 'host-bound-cookie';

/** Where it sits: whose code or configuration its owner changes. */
export type MitigationPlace = 'client' | 'edge' | 'router' | 'backend' | 'auth-service' | 'platform' | 'monitoring';

export interface Mitigation {
  readonly id: string;
  readonly family: MitigationFamily;
  readonly place: MitigationPlace;
  /** One sentence for lists: what it does. */
  readonly sentence: string;
  /** Where the idea and its default numbers come from. */
  readonly source: string;
  /** When it makes things worse, or costs more than it saves. */
  readonly hurtsWhen: string;
  /** The change that a reader would make in a service of their own: a diff of a few lines against the naive way. */
  readonly change: string;
  /** Changes the scenario, or says in a few words why it has no object there ("no session cookie here"). */
  readonly apply: (scenario: Scenario) => Scenario | NotApplicable;
  /**
   * How it comes into a running system, where that by itself costs somebody something: on the good day, on which prices are
   * measured, this takes the place of `apply`. Left out where it is simply there from the next start on.
   */
  readonly rollOut?: (scenario: Scenario) => Scenario | NotApplicable;
}

export interface NotApplicable {
  readonly notApplicable: string;
}

export function isNotApplicable(result: Scenario | NotApplicable): result is NotApplicable {
  return 'notApplicable' in result;
}

/** The note that a mitigation leaves each time it acts; without one an arm is `not engaged`. */
export const ACTED = 'mitigation.acted';
