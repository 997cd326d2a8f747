/**
 * W2, a closed loop: clients think, call a router with a timeout and try again with full jitter; eight instances, three
 * requests in ten of which need the identity provider, which browns out for five seconds of every minute. What a real
 * play is made of, without anything that records it.
 */
import { cast, type HostSpec } from '../../simulator/contract/index.ts';
import { browser, type Counts } from './closed-loop-clients.ts';
import { balancer, instance, provider } from './closed-loop-servers.ts';
import type { Workload } from './timed-run.ts';

const INSTANCE_COUNT = 8;

export function closedLoop(seed: number, clientCount: number, warmUpMs: number, measuredMs: number): Workload {
  let counts: Counts | undefined;
  const hosts = (): readonly HostSpec[] => {
    const zero = { begun: 0, ok: 0, failed: 0, attempts: 0, failedAttempts: 0, retries: 0, providerTimeouts: 0 };
    counts = zero;
    const names = Array.from({ length: INSTANCE_COUNT }, (_, index) => `instance-${index}`);
    return [
      cast({ name: 'idp', pool: 'idp', role: provider, options: {}, zone: 'wan' }),
      ...names.map((name) => cast({ name, pool: 'app', role: instance, options: { counts: zero } })),
      cast({ name: 'router', pool: 'edge', role: balancer, options: { instances: names } }),
      cast({ name: 'clients', pool: 'people', role: browser, options: { clientCount, counts: zero } }),
    ];
  };
  return {
    seed,
    warmUpMs,
    endMs: warmUpMs + measuredMs,
    clientCount,
    hosts,
    links: {
      default: { baseMs: 0.5, jitterMeanMs: 0.5 },
      'lan>wan': { baseMs: 2, jitterMeanMs: 2 },
      'wan>lan': { baseMs: 2, jitterMeanMs: 2 },
    },
    figures: () => ({ clientCount, ...counts }),
  };
}
