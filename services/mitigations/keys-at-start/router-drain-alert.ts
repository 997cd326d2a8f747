/** The same alert with other advice: take that one instance out of the rotation, in place of a restart of everything. */
import type { Mitigation } from '../../../simulator/contract/index.ts';
import { skewAlert } from '../../operator/index.ts';
import { DRAIN_PATH } from '../../router/index.ts';
import { diff } from '../diff.ts';
import { NO_POOL_OF_SEVERAL, poolsOfSeveral, SKEW_READING, withTokenAlert } from './token-alerts.ts';
import { NO_BALANCER, tokenRouters } from './token-instances.ts';

const ID = 'router-drain-alert';

/** InfluxData drained the nodes with slow clocks on January 15 2026: the same advice for the same shape of trouble. */
export const routerDrainAlert: Mitigation = {
  id: ID,
  family: 'keys-missing-at-start',
  place: 'router',
  sentence: 'Whoever is paged about one instance’s 401s takes that instance out of the rotation until it is restarted.',
  source:
    'As InfluxData did for nodes with slow clocks (January 15 2026); the alert is a sequential test of ours, read once a minute.',
  hurtsWhen:
    'Many instances are taken out one by one and the rest cannot carry the load; it refuses below half of the pool.',
  change: diff('+  runbook: echo "set server api/$INSTANCE state drain" | socat stdio /run/haproxy.sock'),
  apply: (scenario) =>
    withTokenAlert(scenario, ID, skewAlert, (address) => {
      const pools = poolsOfSeveral(scenario);
      if (pools.length === 0) return NO_POOL_OF_SEVERAL;
      const balancers = tokenRouters(scenario);
      const behind = pools.filter((pool) => balancers.some(({ options }) => options.pool === pool));
      if (behind.length === 0) return NO_BALANCER;
      const drainAt = Object.fromEntries(
        behind.map((pool) => {
          const routers = balancers.filter(({ options }) => options.pool === pool).map(({ name }) => name);
          return [pool, { routers, path: DRAIN_PATH }];
        }),
      );
      return { ...SKEW_READING, ...address, pools: behind, alert: 'refuses tokens', drainAt };
    }),
};
