/** The faults of a scenario file, bound to their places and times. */
import type { FaultSpec } from '../../../simulator/contract/index.ts';
import * as mechanisms from '../../../services/faults/index.ts';
import { bindFault, type FaultMechanism } from '../../../services/faults/index.ts';
import type { CheckedFault } from '../schema/scenario.ts';

const PLAIN: Readonly<Record<string, () => FaultMechanism>> = {
  refuse: mechanisms.refuse,
  reset: mechanisms.reset,
  hang: mechanisms.hang,
  html200: mechanisms.html200,
  cut: mechanisms.cut,
  'empty-body': mechanisms.emptyBody,
  'empty-object': mechanisms.emptyObject,
  'empty-keys': mechanisms.emptyKeys,
  'stale-document': mechanisms.staleDocument,
  'no-kid': mechanisms.noKid,
  'use-enc': mechanisms.useEnc,
  'same-kid-new-key': mechanisms.sameKidNewKey,
  'unknown-key-type': mechanisms.unknownKeyType,
  'malformed-key': mechanisms.malformedKey,
  'ed25519-key': mechanisms.ed25519Key,
};

/** @throws SimulatorError that names the field of the fault */
export function faultSpec(id: string, fault: CheckedFault): FaultSpec {
  const { target, endpoints, callers, fromMs, untilMs, chance, rampMs, everyKth, nextCount } = fault;
  return bindFault(mechanismOf(fault), {
    id,
    target,
    ...(endpoints === undefined ? {} : { endpoints }),
    ...(callers === undefined ? {} : { callers }),
    fromMs,
    untilMs,
    ...(chance === undefined ? {} : { chance }),
    ...(rampMs === undefined ? {} : { rampMs }),
    ...(everyKth === undefined ? {} : { everyKth }),
    ...(nextCount === undefined ? {} : { nextCount }),
  });
}

type Of<M extends string> = Extract<CheckedFault, { readonly mechanism: M }>;

function mechanismOf(fault: CheckedFault): FaultMechanism {
  switch (fault.mechanism) {
    case 'status':
      return mechanisms.status(fault as Of<'status'>);
    case 'slow':
      return mechanisms.slow(fault as Of<'slow'>);
    case 'dribble':
      return mechanisms.dribble(fault as Of<'dribble'>);
    case 'keys-missing':
      return mechanisms.keysMissing(fault as Of<'keys-missing'>);
    case 'huge-set':
      return mechanisms.hugeSet(fault as Of<'huge-set'>);
    case 'redirect':
      return mechanisms.redirect(fault as Of<'redirect'>);
    case 'truncated-json':
      return mechanisms.truncatedJson(fault as Of<'truncated-json'>);
    case 'wrong-content-type':
      return mechanisms.wrongContentType(fault as Of<'wrong-content-type'>);
    case 'duplicate-kid':
      return mechanisms.duplicateKid(fault as Of<'duplicate-kid'>);
    case 'flap':
      return mechanisms.flap(fault as Of<'flap'>, PLAIN[(fault as Of<'flap'>).of]!());
    default:
      return PLAIN[fault.mechanism]!();
  }
}

/** Mechanisms that a file can name without options; a test holds them against the registry. */
export const PLAIN_NAMES = Object.keys(PLAIN);
