/** Refuses impossible options of faults when the scenario is written, with the field's name and what to do about it. */
import { SimulatorError } from '../../simulator/contract/index.ts';

/** @throws SimulatorError `bad-scenario` unless the condition holds */
export function requireOption(holds: boolean, fault: string, field: string, value: unknown, remedy: string): void {
  if (holds) return;
  const shown =
    typeof value === 'string' ? `"${value}"` : Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
  throw new SimulatorError('bad-scenario', `Fault "${fault}": ${field} cannot be ${shown}.`, remedy);
}

/** A duration in milliseconds: finite and more than 0. */
export function requireDuration(fault: string, field: string, valueMs: number): void {
  const remedy = `Give ${field} a finite number of milliseconds above 0.`;
  requireOption(Number.isFinite(valueMs) && valueMs > 0, fault, field, valueMs, remedy);
}

/** A whole number from `least` to `most`, both included. */
export function requireWhole(fault: string, field: string, value: number, least: number, most: number): void {
  const bounds = most === Infinity ? `from ${least}` : `from ${least} to ${most}`;
  const holds = Number.isSafeInteger(value) && value >= least && value <= most;
  requireOption(holds, fault, field, value, `Give ${field} a whole number ${bounds}.`);
}

/** A list that names something: an empty one would match nothing. */
export function requireNames(fault: string, field: string, names: readonly string[], otherwise: string): void {
  const holds = names.length > 0 && names.every((name) => name !== '');
  requireOption(holds, fault, field, names, `Name at least one in ${field}${otherwise}, none of them empty.`);
}
