/** What the report says of who was hit and who was not (U5, U6, U8), checked against the record. */
import type { FactCheck, RecordView } from '../../simulator/experiment/index.ts';
import { EU_POPULATIONS, hitShare, percent, share, TROUBLE } from './evidence.ts';

/** Standard deviations of the difference of two shares: 99 % of a normal. */
const ALIKE_SIGMAS = 2.576;

export function someTenantsSomeUsers(view: RecordView): FactCheck {
  const users = hitShare(view, EU_POPULATIONS, TROUBLE);
  const tenants = tenantShare(view);
  return {
    holds: tenants > 0 && tenants <= 0.5 && users.ratio >= 0.05 && users.ratio <= 0.4,
    expected: 'to the end of the cycle at most half of the tenants and 5 to 40 % of the users are hit',
    observed: `${percent(tenants)} of the tenants, ${users.hit} of ${users.came} users (${percent(users.ratio)})`,
    tolerance: 'the bounds',
  };
}

/** Tenants with a rejected session, as a share of all. */
function tenantShare(view: RecordView): number {
  const hit = new Set<string>();
  let count = 0;
  for (const population of EU_POPULATIONS) {
    for (const tenant of view.valuesOf('browser.rejections', 'tenant', { population })) {
      if (view.total('browser.rejections', { population, tenant }, TROUBLE) > 0) hit.add(tenant);
    }
    const crowd = view.notes('browser.crowd').find(({ detail }) => detail['population'] === population);
    count = Math.max(count, Number(crowd?.detail['tenantCount'] ?? 0));
  }
  return share(hit.size, count);
}

export function bothPopulationsAlike(view: RecordView): FactCheck {
  const admins = hitShare(view, ['admins'], TROUBLE);
  const users = hitShare(view, ['end-users'], TROUBLE);
  const pooled = share(admins.hit + users.hit, admins.came + users.came);
  const band =
    ALIKE_SIGMAS * Math.sqrt(pooled * (1 - pooled) * (1 / Math.max(1, admins.came) + 1 / Math.max(1, users.came)));
  return {
    holds: admins.hit > 0 && users.hit > 0 && Math.abs(admins.ratio - users.ratio) <= band,
    expected: 'administrators and end users are hit alike',
    observed: `${percent(admins.ratio)} of ${admins.came} administrators, ${percent(users.ratio)} of ${users.came} end users`,
    tolerance: `99 % band of the difference, ± ${percent(band)}`,
  };
}

export function otherDeploymentUntouched(view: RecordView): FactCheck {
  const population = 'us-users';
  const pages = view.total('user.attempts', { population, request: 'page' });
  const bad = view.total('user.attempts', { population }) - view.total('user.attempts', { population, outcome: 'ok' });
  const harmed = view.usersHit(population).length;
  return {
    holds: pages > 0 && bad === 0 && harmed === 0,
    expected: 'the other deployment: no failures, on any of the three days',
    observed: `${bad} failures among ${pages} requests for pages, ${harmed} users harmed`,
    tolerance: 'exactly 0',
  };
}
