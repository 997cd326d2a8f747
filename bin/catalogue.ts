/** All that can be named on the command line, and the search for it by name. */
import { incidents } from '../scenarios/index.ts';
import { VERIFIER_PRESETS } from '../services/backend/verifier/presets/index.ts';
import { FAULTS } from '../services/faults/index.ts';
import { mitigations } from '../services/mitigations/index.ts';
import { PRESET_PREFIX, presetArms } from '../services/mitigations/preset-arm.ts';
import type { Mitigation } from '../simulator/contract/index.ts';
import { checkedValues, type AssumptionValues, type Catalogue, type Incident } from '../simulator/experiment/index.ts';
import { UsageError } from './exit.ts';
import { openedIncident, openedIncidents } from './scenario-file/opened-incidents.ts';
import { isScenarioPath } from './scenario-file/registry.ts';
import { didYouMean } from './suggestion.ts';

/** The published incidents, and the scenario files that this run has opened. */
export const catalogue: Catalogue = {
  get incidents() {
    return [...incidents, ...openedIncidents()];
  },
  mitigations,
};

/** All that an arm can be: a mitigation, or a verifier preset in the place of the verifiers. */
export const arms: Catalogue = {
  get incidents() {
    return catalogue.incidents;
  },
  mitigations: [...mitigations, ...presetArms],
};

interface Entry {
  readonly id: string;
  readonly sentence: string;
}

/** What `list` shows. */
export function listings(): Readonly<Record<'incidents' | 'mitigations' | 'faults' | 'presets', readonly Entry[]>> {
  return {
    incidents: incidents.map(({ id, sentence }) => ({ id, sentence })),
    mitigations: mitigations.map(({ id, sentence }) => ({ id, sentence })),
    faults: FAULTS.map(({ name, sentence }) => ({ id: name, sentence })),
    presets: VERIFIER_PRESETS.map(({ id, sentence }) => ({ id, sentence })),
  };
}

export function findIncident(id: string): Incident {
  return openedIncident(id) ?? find('incident', id, incidents);
}

/** All of them for no names or the name `all`; else in the order of the catalogue. */
export function findIncidents(ids: readonly string[]): readonly Incident[] {
  const files = ids.filter(isScenarioPath).map(findIncident);
  if (ids.length === 0 || ids.includes('all')) return [...incidents, ...files];
  const chosen = ids.map(findIncident);
  return [...incidents.filter((incident) => chosen.includes(incident)), ...new Set(files)];
}

export function findMitigations(ids: readonly string[]): readonly Mitigation[] {
  const chosen = ids.map((id) => find('mitigation', id, id.startsWith(PRESET_PREFIX) ? presetArms : mitigations));
  return arms.mitigations.filter((mitigation) => chosen.includes(mitigation));
}

/** The arms of these presets, by id; of every preset for the name `all`. */
export function presetArmIds(ids: readonly string[]): readonly string[] {
  const chosen = ids.includes('all')
    ? VERIFIER_PRESETS
    : ids.map((id) => find('verifier preset', id, VERIFIER_PRESETS));
  return chosen.map(({ id }) => `${PRESET_PREFIX}${id}`);
}

/**
 * Of the overrides, those that each incident knows; one that none of them knows is an error, as is a value out of bounds.
 */
export function assumptionsFor(chosen: readonly Incident[], overrides: AssumptionValues): readonly AssumptionValues[] {
  const known = [...new Set(chosen.flatMap(({ assumptions }) => assumptions.map(({ id }) => id)))];
  for (const id of Object.keys(overrides)) {
    if (known.includes(id)) continue;
    const names = chosen.map((incident) => incident.id).join(', ');
    const remedy = `It has: ${known.join(', ')}.`;
    throw new UsageError(`--assume: no assumption "${id}" in ${names}.${didYouMean(id, known)} ${remedy}`);
  }
  return chosen.map((incident) => {
    const own = incident.assumptions.map(({ id }) => id);
    const values = Object.fromEntries(Object.entries(overrides).filter(([id]) => own.includes(id)));
    checkedValues(incident, values);
    return values;
  });
}

function find<T extends { readonly id: string }>(what: string, id: string, list: readonly T[]): T {
  const found = list.find((entry) => entry.id === id);
  if (found !== undefined) return found;
  const known = list.map((entry) => entry.id);
  const remedy = known.length === 0 ? `There are no ${what}s.` : `Known: ${known.join(', ')}.`;
  throw new UsageError(`Unknown ${what} "${id}".${didYouMean(id, known)} ${remedy}`);
}
