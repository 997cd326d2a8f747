/** Programs at random: trees of everything a process can do, cancelled at any place, on hosts that crash and pause. */
import fc from 'fast-check';

export type Plan =
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'sequence' | 'race' | 'all' | 'fail'; readonly plans: readonly Plan[] }
  | { readonly do: 'time-out'; readonly ms: number; readonly plan: Plan }
  | { readonly do: 'hold'; readonly pool: number; readonly plan: Plan }
  | { readonly do: 'spawn'; readonly fate: 'leave' | 'join' | 'cancel' | 'background'; readonly plan: Plan }
  | { readonly do: 'call'; readonly host: number; readonly timeoutMs: number; readonly plan: Plan }
  | { readonly do: 'wait'; readonly signal: number; readonly ms: number }
  | { readonly do: 'fire'; readonly signal: number }
  /** Cancels any of the processes spawned so far on this host: a stranger, a child, an ancestor, itself. */
  | { readonly do: 'cancel'; readonly which: number }
  | { readonly do: 'crash' | 'stop' | 'start' | 'pause' | 'resume'; readonly host: number };

/** Few different durations, so that much happens at the same moment. */
const ms = fc.constantFrom(0, 0.5, 1, 2, 3, 5, 10, 40);
const which = fc.nat(2);

const leaf: fc.Arbitrary<Plan> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('sleep' as const), ms }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), signal: which, ms }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fire' as const), signal: which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(9) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('crash' as const, 'stop', 'start', 'pause', 'resume'), host: which }),
  },
);

const { plan } = fc.letrec<{ plan: Plan; plans: readonly Plan[] }>((tie) => ({
  plans: fc.array(tie('plan'), { minLength: 1, maxLength: 6, depthIdentifier: 'plan' }),
  plan: fc.oneof(
    { depthSize: 'large', depthIdentifier: 'plan', maxDepth: 6 },
    leaf,
    fc.record({ do: fc.constantFrom('sequence' as const, 'race', 'all', 'fail'), plans: tie('plans') }),
    fc.record({ do: fc.constantFrom('sequence' as const), plans: tie('plans') }),
    fc.record({ do: fc.constant('time-out' as const), ms, plan: tie('plan') }),
    fc.record({ do: fc.constant('hold' as const), pool: fc.nat(1), plan: tie('plan') }),
    fc.record({
      do: fc.constant('spawn' as const),
      fate: fc.constantFrom('leave' as const, 'join', 'cancel', 'background'),
      plan: tie('plan'),
    }),
    fc.record({
      do: fc.constant('call' as const),
      host: which,
      timeoutMs: fc.oneof(ms, fc.constant(Infinity)),
      plan: tie('plan'),
    }),
  ),
}));

/** What each of the hosts begins with. */
export const programs: fc.Arbitrary<readonly Plan[]> = fc.array(plan, { minLength: 3, maxLength: 3 });
