/** Who acts in a scenario file: platform, people, alerts, the attacker. */
import { cast, type HostSpec } from '../../../simulator/contract/index.ts';
import { RATE_LIMIT_PATH } from '../../../services/admission/index.ts';
import { attacker, type AttackerOptions } from '../../../services/clients/attacker.ts';
import {
  operator,
  orchestrator,
  type Action,
  type DatedActions,
  type OperatorOptions,
} from '../../../services/operator/index.ts';
import type { Step } from '../schema/scenario.ts';
import { hostsNamed } from './placed-hosts.ts';
import type { Stage } from './stage.ts';

type Written = NonNullable<Step['actions']>[number];

const MINUTE_MS = 60_000;
const GRACE_MS = 10_000;
const RESTART_EVERY_MS = 30_000;

export const PAGE_RESPONSE = { reactionMedianMs: 5 * MINUTE_MS, reactionSigma: 0.5, rightActionProbability: 0.5 };
export const REPORTS = { thresholdCount: 5, triageMs: 10 * MINUTE_MS };

export function platform(stage: Stage, steps: readonly Step[]): HostSpec {
  const events = steps.map((step) => datedActions(stage, step));
  const supervised = stage.document.supervised ?? stage.backendPools;
  return cast({ name: 'orchestrator', pool: 'platform', role: orchestrator, options: { events, supervised } });
}

export function people(stage: Stage, respondsTo: 'published' | 'reports', withRecurrences: boolean): HostSpec {
  const { response = [], reports, onPage, recurrences = [] } = stage.document.operator ?? {};
  const again = recurrences.map(({ fromMs, response: steps }) => {
    return { fromMs, response: steps.map((step) => datedActions(stage, step)) };
  });
  const options: OperatorOptions = {
    orchestrator: 'orchestrator',
    response: response.map((step) => datedActions(stage, step)),
    reports: { ...REPORTS, ...reports },
    onPage: { ...PAGE_RESPONSE, ...onPage },
    ...(again.length > 0 && withRecurrences ? { recurrences: again } : {}),
    respondsTo,
  };
  return cast({ name: 'operator', pool: 'operations', role: operator, options });
}

function datedActions(stage: Stage, { atMs, label, actions = [] }: Step): DatedActions {
  return { atMs, label: label ?? labelOf(actions), actions: actions.flatMap((action) => actionsOf(stage, action)) };
}

export function labelOf(actions: readonly Written[]): string {
  const words = actions.map((action) => {
    if (action.do === 'request') return `request to ${action.host}`;
    if (action.do === 'rate-limit') return `rate limit at ${action.host}`;
    const where = typeof action.hosts === 'string' ? action.hosts : action.hosts.join(', ');
    return `${action.do} ${where}`;
  });
  return words.length === 0 ? 'noticed' : words.join('; ');
}

function actionsOf(stage: Stage, action: Written): readonly Action[] {
  switch (action.do) {
    case 'restart': {
      const { everyMs = RESTART_EVERY_MS, graceMs = GRACE_MS, hosts } = action;
      const isPool = typeof hosts === 'string' && stage.hosts.some(({ pool }) => pool === hosts);
      const which = isPool ? { pool: hosts } : { instances: instancesOf(stage, hosts) };
      return [{ kind: 'restart', ...which, everyMs, graceMs }];
    }
    case 'start':
      return instancesOf(stage, action.hosts).map((instance) => ({ kind: 'start', instance }));
    case 'move': {
      const { downMs = MINUTE_MS, graceMs = GRACE_MS } = action;
      return [{ kind: 'move', instances: instancesOf(stage, action.hosts), downMs, graceMs }];
    }
    case 'set-platform':
      return [{ kind: 'set-platform', instances: instancesOf(stage, action.hosts), values: action.values }];
    case 'rate-limit':
      return [{ kind: 'request', host: action.host, path: RATE_LIMIT_PATH, body: action.limit }];
    case 'request':
      return [{ kind: 'request', host: action.host, path: action.path, body: action.body }];
  }
}

/** A pool, a host, a pattern, or a list of them, as names of hosts in the order of the cast. */
export function instancesOf(stage: Stage, hosts: string | readonly string[]): readonly string[] {
  const wanted = typeof hosts === 'string' ? [hosts] : hosts;
  return wanted.flatMap((each) => {
    const inPool = stage.hosts.filter(({ pool }) => pool === each).map(({ name }) => name);
    return inPool.length > 0 ? inPool : hostsNamed(each, stage.names);
  });
}

/** The same in every run; see services/clients/attacker.ts. */
export function attackers(stage: Stage): HostSpec {
  const said = stage.document.attacker ?? {};
  const options: AttackerOptions = { everyMs: said.everyMs ?? 30 * MINUTE_MS, ...doorsOf(stage) };
  return cast({ name: 'attacker', pool: 'attackers', role: attacker, options, zone: 'wan' });
}

function doorsOf(stage: Stage): Pick<AttackerOptions, 'tokens' | 'cookies'> {
  const { tokens, cookies } = stage.document.attacker ?? {};
  if (tokens !== undefined || cookies !== undefined) {
    return { ...(tokens === undefined ? {} : { tokens }), ...(cookies === undefined ? {} : { cookies }) };
  }
  const [verifying] = stage.verifying;
  const [withSession] = stage.withSessions;
  const idp = verifying === undefined ? undefined : stage.idpOf(verifying);
  return {
    ...(verifying === undefined || idp === undefined
      ? {}
      : { tokens: { idp, edge: stage.doorOf(verifying.pool), path: '/api/data' } }),
    ...(withSession === undefined ? {} : { cookies: { edge: stage.doorOf(withSession.pool), path: '/app/page' } }),
  };
}
