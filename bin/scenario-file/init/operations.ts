/** Events, responses and faults of a published play in the words of a scenario file. */
import { SimulatorError, type FaultSpec } from '../../../simulator/contract/index.ts';
import { RATE_LIMIT_PATH } from '../../../services/admission/index.ts';
import { bindingOf } from '../../../services/faults/index.ts';
import type { Action, DatedActions, OperatorOptions } from '../../../services/operator/index.ts';
import { PAGE_RESPONSE, REPORTS } from '../cast/operations.ts';
import type { CheckedFault, CheckedScenario, Step } from '../schema/scenario.ts';
import { PLAIN_NAMES } from '../cast/faults.ts';
import { difference } from './difference.ts';
import { hostsText } from './names.ts';

type Written = NonNullable<Step['actions']>[number];

/** @param machines names of all hosts that can be acted upon, in order */
export function stepOf({ atMs, label, actions }: DatedActions, machines: readonly string[]): Step {
  return { atMs, label, ...(actions.length === 0 ? {} : { actions: actionsOf(actions, machines) }) };
}

function actionsOf(actions: readonly Action[], machines: readonly string[]): Written[] {
  const written: Written[] = [];
  const starting: string[] = [];
  for (const [index, action] of actions.entries()) {
    if (action.kind !== 'start') written.push(actionOf(action, machines));
    else {
      starting.push(action.instance);
      // Instances that are started one after the other are one action here.
      if (actions[index + 1]?.kind !== 'start')
        written.push({ do: 'start', hosts: list(starting.splice(0), machines) });
    }
  }
  return written;
}

function actionOf(action: Exclude<Action, { readonly kind: 'start' }>, machines: readonly string[]): Written {
  switch (action.kind) {
    case 'restart': {
      const { pool, instances, everyMs, graceMs } = action;
      return { do: 'restart', hosts: pool ?? list(instances ?? [], machines), everyMs, graceMs };
    }
    case 'move':
      return { do: 'move', hosts: list(action.instances, machines), downMs: action.downMs, graceMs: action.graceMs };
    case 'set-platform':
      return { do: 'set-platform', hosts: list(action.instances, machines), values: { ...action.values } };
    case 'request':
      return action.path === RATE_LIMIT_PATH
        ? ({ do: 'rate-limit', host: action.host, limit: action.body } as Written)
        : ({ do: 'request', host: action.host, path: action.path, body: action.body } as Written);
  }
}

function list(hosts: readonly string[], machines: readonly string[]): string | string[] {
  const text = hostsText(hosts, machines);
  return typeof text === 'string' ? text : [...text];
}

export function operatorOf(
  options: OperatorOptions,
  machines: readonly string[],
): NonNullable<CheckedScenario['operator']> {
  const { response, reports, onPage, recurrences = [] } = options;
  const again = recurrences.map(({ fromMs, response: steps }) => {
    return { fromMs, response: steps.map((step) => stepOf(step, machines)) };
  });
  return {
    ...(response.length === 0 ? {} : { response: response.map((step) => stepOf(step, machines)) }),
    ...unlessEmpty('reports', difference(reports, REPORTS)),
    ...unlessEmpty('onPage', difference(onPage, PAGE_RESPONSE)),
    ...(again.length === 0 ? {} : { recurrences: again }),
  };
}

function unlessEmpty<K extends string, V extends object>(key: K, value: V): { [key in K]?: V } {
  return (Object.keys(value).length === 0 ? {} : { [key]: value }) as { [key in K]?: V };
}

/** @throws SimulatorError for a fault whose options cannot be told from outside */
export function faultsOf(faults: readonly FaultSpec[]): CheckedScenario['faults'] {
  if (faults.length === 0) return undefined;
  return Object.fromEntries(faults.map((fault) => [fault.id, faultOf(fault)]));
}

function faultOf(fault: FaultSpec): CheckedFault {
  const binding = bindingOf(fault);
  const options = PLAIN_NAMES.includes(fault.mechanism) ? {} : optionsOf(fault);
  if (binding === undefined || options === undefined) {
    const message = `The fault "${fault.id}" (${fault.mechanism}) has options that cannot be written down.`;
    throw new SimulatorError('bad-argument', message, 'Begin with: authdrill init --blank.');
  }
  const { id: _id, ...rest } = binding;
  return { mechanism: fault.mechanism, ...options, ...rest } as CheckedFault;
}

/** Of mechanisms whose sentence tells all their options. */
function optionsOf({ mechanism, sentence }: FaultSpec): object | undefined {
  if (mechanism === 'status') {
    const [, status] = /answers (\d{3})/.exec(sentence) ?? [];
    return status === undefined ? undefined : { status: Number(status) };
  }
  if (mechanism === 'keys-missing') {
    const [, kids] = /leaves (.*) out of the key set/.exec(sentence) ?? [];
    return kids === undefined ? undefined : { kids: kids.split(', ') };
  }
  if (mechanism === 'slow') {
    const [, delayMs, more] = /takes ([\d.]+) ms( and more)? longer/.exec(sentence) ?? [];
    return delayMs === undefined || more !== undefined ? undefined : { delayMs: Number(delayMs) };
  }
  return undefined;
}
