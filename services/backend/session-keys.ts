/** The keys of one process for its session cookies: derived once, when it starts, and kept while things change around it. */
import type { World } from '../../simulator/contract/index.ts';
import type { KeyRotation, SessionOptions } from './session-options.ts';

export interface SessionKeys {
  readonly sealing: string;
  /** All that open, in the order in which they are tried. */
  readonly opening: readonly string[];
  /** What this process would seal with, had no mitigation come: two processes with other values reject each other. */
  readonly bornAs: string;
}

/** Notes `session.key-derived` where the platform, or the process itself, has a part in a key. */
export function keysAtStart(world: World, options: SessionOptions): SessionKeys {
  const { secrets, releasedFrom, rotation } = options;
  const nowMs = world.clock.nowMs();
  const bond = bondOf(options, nowMs);
  const own = ownPart(world, options, bond);
  const old = secrets.map((secret) => secret + own);
  const ring = rotation === undefined ? ['old'] : ringAt(rotation, nowMs);
  const opening = ring.flatMap((name) => (name === 'old' ? old : [rotation!.secret]));
  if (own !== '' && ring.includes('old')) {
    world.journal.note('session.key-derived', { from: bond === undefined ? own : world.host.platform(bond) });
  }
  const bornAs = secrets[0] + ownPart(world, options, options.platformValue ?? releasedFrom?.platformValue);
  return { sealing: opening.at(options.sealsWith === 'last' ? -1 : 0)!, opening, bornAs };
}

/** Name of the platform value that the keys of a process that starts now are bound to. */
function bondOf({ platformValue, releasedFrom }: SessionOptions, nowMs: number): string | undefined {
  if (releasedFrom !== undefined && nowMs < (releasedFrom.fromMs ?? 0)) return releasedFrom.platformValue;
  return platformValue;
}

/** What makes a key differ from that of another instance with the same secret; empty when nothing does. */
function ownPart({ host }: World, { keySource }: SessionOptions, bond: string | undefined): string {
  const birth = keySource === 'random-at-start' ? `/${host.incarnation}` : '';
  const local = keySource === undefined || keySource === 'configured' ? '' : `|${host.name}${birth}`;
  return bond === undefined ? local : `${local}|${host.platform(bond)}`;
}

function ringAt({ phases }: KeyRotation, nowMs: number): readonly ('old' | 'new')[] {
  return phases.findLast(({ fromMs }) => fromMs <= nowMs)?.ring ?? ['old'];
}
