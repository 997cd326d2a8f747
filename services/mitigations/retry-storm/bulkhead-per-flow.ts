/** Walls between flows: what floods one compartment leaves the others dry. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { diff } from '../diff.ts';
import { withLine } from './auth-door.ts';

const ID = 'bulkhead-per-flow';

export const bulkheadPerFlow: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'auth-service',
  sentence:
    'Sessions, sign-ins and background renewals each have at most half of the workers and places, and take turns.',
  source:
    'Nygard, Release It! (2007), bulkheads; half is ours. With fewer than two workers the walls stand in the line only.',
  hurtsWhen: 'A healthy peak of one flow is refused beside idle workers that are kept for the others.',
  change: diff(
    '-  const pool = new WorkerPool(n);',
    '+  const pools = { session: new WorkerPool(n / 2), signIn: new WorkerPool(n / 2), background: new WorkerPool(n / 2) };',
  ),
  apply: (scenario) => withLine(scenario, () => ({ bulkheads: { workersRatio: 0.5, placesRatio: 0.5, actedAs: ID } })),
};
