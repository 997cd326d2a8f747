/**
 * Gives a mechanism a place, a time and the requests it meets. The result is a value of the scenario; a change of it (a
 * longer fault, other callers) is a new binding, not an edit of the value.
 */
import type { FaultSpec } from '../../simulator/contract/index.ts';
import { Fault, placeFault } from './bound-fault.ts';
import { checkBinding, type FaultBinding } from './fault-binding.ts';
import type { FaultMechanism } from './mechanism.ts';

/**
 * A fault of a scenario.
 *
 * ```ts
 * const down = { id: 'keys-down', target: 'idp', endpoints: ['/jwks'], fromMs: 60_000, untilMs: 120_000 };
 * const faults = [bindFault(refuse(), down)];
 * ```
 *
 * @throws SimulatorError `bad-scenario` that names the field
 */
export function bindFault(mechanism: FaultMechanism, binding: FaultBinding): FaultSpec {
  checkBinding(binding);
  const fault = new Fault(mechanism, { ...binding });
  const spec: FaultSpec = {
    id: binding.id,
    mechanism: mechanism.name,
    target: binding.target,
    fromMs: binding.fromMs,
    untilMs: binding.untilMs,
    wrap: (inner, world) => placeFault(fault, inner, world),
    sentence: describe(mechanism, binding),
  };
  bindings.set(spec, { ...binding });
  return spec;
}

const bindings = new WeakMap<FaultSpec, FaultBinding>();

/** What a fault was bound with, for whoever writes a scenario down; undefined for one that was not made here. */
export function bindingOf(fault: FaultSpec): FaultBinding | undefined {
  return bindings.get(fault);
}

function describe(mechanism: FaultMechanism, binding: FaultBinding): string {
  const { target, endpoints, callers, chance, rampMs, everyKth, nextCount } = binding;
  const parts = [`${target} ${mechanism.deed}`];
  if (endpoints !== undefined) parts.push(`on ${endpoints.join(', ')}`);
  if (callers !== undefined) parts.push(`to ${callers.join(', ')}`);
  if (everyKth !== undefined) parts.push(`once in ${everyKth} requests`);
  if (chance !== undefined) parts.push(`with a chance of ${chance}`);
  if (rampMs !== undefined) parts.push(`growing over ${rampMs} ms`);
  if (nextCount !== undefined) parts.push(`at most ${nextCount} times`);
  return parts.join(', ');
}
