/** Which assumption flips which conclusion: one is moved at a time, all others stay at their defaults. */
import type { RegionArm, RegionExperiment } from '../../simulator/experiment/index.ts';
import { outcomeOf, type SetOutcome } from './effect.ts';
import type { Flip } from './region-result.ts';

interface Place {
  readonly value: number;
  readonly outcome: SetOutcome;
  readonly factsHold: boolean | null;
}

/**
 * The first change of a mitigation's effect on the way from each assumption's default to either bound. Those inside the facts
 * come first: there the report itself leaves both conclusions open.
 */
export function flipsOf(experiment: RegionExperiment): readonly Flip[] {
  const scanned = experiment.mitigations.filter(({ leftOut }) => leftOut === undefined);
  const flips = scanned.flatMap(({ id }) =>
    experiment.assumptions.flatMap((assumption) =>
      [-1, 1].flatMap((side) => flipOf(experiment, id, assumption, side) ?? []),
    ),
  );
  const order = ({ factsHold }: Flip): number => (factsHold === true ? 0 : 1);
  return flips.sort((a, b) => order(a) - order(b));
}

function flipOf(
  experiment: RegionExperiment,
  mitigation: string,
  { id, unit, value }: RegionExperiment['assumptions'][number],
  side: number,
): Flip | undefined {
  const outcome = outcomeIn(experiment.defaults.arms, mitigation, experiment.accessTokenLifetimeMs);
  if (outcome === undefined) return undefined;
  const places = placesOf(experiment, mitigation, id)
    .filter((place) => (place.value - value) * side > 0)
    .sort((a, b) => (a.value - b.value) * side);
  const far = places.findIndex((place) => place.outcome.effect !== outcome.effect);
  if (far < 0) return undefined;
  const [near, beyond] = [places[far - 1] ?? { value, outcome }, places[far]!];
  return {
    mitigation,
    assumption: id,
    unit,
    atDefault: outcome.effect,
    flipped: beyond.outcome.effect,
    between: [near.value, beyond.value],
    scores: [near.outcome.points, beyond.outcome.points],
    factsHold: beyond.factsHold,
  };
}

function placesOf({ scan }: RegionExperiment, mitigation: string, assumption: string): readonly Place[] {
  return scan.flatMap((point) => {
    if (point.assumption !== assumption) return [];
    const outcome = outcomeIn(point.arms, mitigation, point.accessTokenLifetimeMs);
    return outcome === undefined ? [] : [{ value: point.value, outcome, factsHold: point.factsHold }];
  });
}

function outcomeIn(arms: readonly RegionArm[], id: string, accessTokenLifetimeMs: number): SetOutcome | undefined {
  const [control, arm] = [null, id].map((each) => arms.find(({ mitigation }) => mitigation === each)?.scored);
  return control === undefined || arm === undefined ? undefined : outcomeOf(control, arm, accessTokenLifetimeMs);
}
