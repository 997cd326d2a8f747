/**
 * Old versions of a client kept out by their `User-Agent`: politely, with an answer that the client knows and shows, or not.
 * Who signs in with an old client is kept out as well; as many have one as of the fleet (an assumption).
 */
import { isNotApplicable, withRole, type Mitigation } from '../../../simulator/contract/index.ts';
import { desktopFleet } from '../../clients/desktop-fleet.ts';
import { FLEET_AGENTS, FLEET_PRODUCT } from '../../clients/desktop-fleet-options.ts';
import { diff } from '../diff.ts';
import { withGuard } from './auth-door.ts';
import { withVersionsTold } from './desktop-clients.ts';

export const minimumVersionGate: Mitigation = {
  id: 'minimum-version-gate',
  family: 'retry-storm',
  place: 'edge',
  sentence:
    'Old clients are answered 426: they know it, stop asking, and tell their user to update, which takes 10 minutes.',
  source:
    'RFC 9110 15.5.22 (426); forced-update screens of mobile apps. The client must have been built for it; 10 minutes are ours.',
  hurtsWhen: 'Whoever signs in with an old client must update first, on every healthy day as well.',
  change: diff(
    '   location / {',
    '+    if ($http_user_agent ~ "^desktop/1") { return 426; }',
    '   // client, two versions ago',
    '+  if (response.status === 426) { stopBackgroundWork(); showUpdateScreen(); }',
  ),
  apply: (scenario) => {
    const told = withVersionsTold(scenario);
    if (isNotApplicable(told)) return told;
    const gated = withRole(told, desktopFleet, (options) => ({ ...options, knowsUpgradeRequired: true }));
    return withGuard(gated, {
      kind: 'minimum-version',
      product: FLEET_PRODUCT,
      version: 2,
      actedAs: 'minimum-version-gate',
    });
  },
};

export const blockByUserAgent: Mitigation = {
  id: 'block-by-user-agent',
  family: 'retry-storm',
  place: 'edge',
  sentence: 'Requests of the old version are refused at the edge with 403, by their User-Agent.',
  source: 'What a web application firewall offers when nothing else is at hand; ours.',
  hurtsWhen: 'People with that version cannot sign in and are not told why; whoever changes the header gets by.',
  change: diff(
    '   location / {',
    '+    if ($http_user_agent ~ "^desktop/1") { return 403; }',
    '     proxy_pass http://auth;',
  ),
  apply: (scenario) => {
    const told = withVersionsTold(scenario);
    if (isNotApplicable(told)) return told;
    return withGuard(told, {
      kind: 'agent-block',
      prefixes: [FLEET_AGENTS.old],
      actedAs: 'block-by-user-agent',
    });
  },
};
