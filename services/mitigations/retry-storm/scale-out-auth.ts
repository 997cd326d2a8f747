/** More of the same: twice the machines. */
import { withRole, type Mitigation } from '../../../simulator/contract/index.ts';
import { idp } from '../../idp/index.ts';
import { diff } from '../diff.ts';
import { hasAuthService, NO_AUTH_SERVICE } from './auth-door.ts';

const ID = 'scale-out-auth';

/** Twice, what one step of the Kubernetes autoscaler adds at most (scale-up policy 100 % in 15 s). */
const FACTOR = 2;

export const scaleOutAuth: Mitigation = {
  id: ID,
  family: 'retry-storm',
  place: 'platform',
  sentence: 'The auth service has twice the workers and twice the places from the start.',
  source:
    'One step of the Kubernetes autoscaler (autoscaling/v2: +100 % at a time); that it is there from the start is ours.',
  hurtsWhen:
    'Clients that ask until they are answered well take up whatever is added, and the database behind it does not scale.',
  change: diff('-  replicas: 1', '+  replicas: 2'),
  apply: (scenario) => {
    if (!hasAuthService(scenario)) return NO_AUTH_SERVICE;
    return withRole(scenario, idp, (options) => {
      const { concurrency, queueLimit, overflow } = options.capacity;
      return {
        ...options,
        capacity: { concurrency: FACTOR * concurrency, queueLimit: FACTOR * queueLimit, overflow },
        admission: { ...options.admission, scaledOut: { fromConcurrency: concurrency, actedAs: ID } },
      };
    });
  },
};
