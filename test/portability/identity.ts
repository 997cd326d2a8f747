/**
 * What must be the same wherever a seed is run: in another process, on another version of Node, in a browser. Reads no
 * clock, file or environment of its own, so that it can be bundled for a page.
 */
import { incidents } from '../../scenarios/index.ts';
import { mitigations } from '../../services/mitigations/index.ts';
import { Draws, exp, keyOf, ln, power } from '../../simulator/contract/portable/index.ts';
import { digestOf, replay, type ReplayResult } from '../../simulator/experiment/index.ts';

export interface Run {
  readonly incident: string;
  readonly seed: number;
  readonly mitigations: readonly string[];
}

export type Identity = Pick<ReplayResult, 'digest' | 'traceHash' | 'eventCount' | 'status'>;

/** Replays in this very thread. @throws Error for a name that is not in the catalogue */
export function identityOf(run: Run): Identity {
  const chosen = run.mitigations.map((id) => named(mitigations, id));
  const incident = named(incidents, run.incident);
  const { digest, traceHash, eventCount, status } = replay({
    incident,
    seed: run.seed,
    mitigations: chosen,
    assumptions: {},
  });
  return { digest, traceHash, eventCount, status };
}

function named<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const found = list.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`There is no "${id}". Known: ${list.map((entry) => entry.id).join(', ')}.`);
  return found;
}

/** Every incident as history played it at seed 1, and one that its owners' own mitigation has changed. */
export const runs: readonly Run[] = [
  ...incidents.map(({ id }) => ({ incident: id, seed: 1, mitigations: [] })),
  { incident: 'napta-2025-12-19', seed: 1, mitigations: ['automatic-retry-backoff'] },
];

/** For the name of a test. */
export function describeRun({ incident, seed, mitigations: added }: Run): string {
  return [`${incident}, seed ${seed}`, ...added].join(', with ');
}

const SAMPLE_COUNT = 2_000;

/** What chance and mathematics give, to the last bit: enough of each to meet the tails of the ziggurats. */
export function numberSamples(): Readonly<Record<string, readonly number[]>> {
  const draws = new Draws(42, 'client', 'think-time');
  const sample = (draw: (n: number) => number): readonly number[] =>
    Array.from({ length: SAMPLE_COUNT }, (_, n) => draw(n));
  return {
    bits: sample((n) => draws.bits(n, keyOf(n, 7))),
    uniform: sample((n) => draws.uniform(n, 1)),
    between: sample((n) => draws.between(-1, 1, n)),
    integer: sample((n) => draws.integer(0, 1_099_511_627_776, n, 1)),
    exponential: sample((n) => draws.exponential(5_000, n, 1)),
    normal: sample((n) => draws.normal(10, 2, n, 1)),
    logNormal: sample((n) => draws.logNormal(8, 0.5, n, 1)),
    shuffle: draws.shuffle(
      sample((n) => n),
      5,
    ),
    ln: sample((n) => ln(draws.between(0, 1_000, n))),
    exp: sample((n) => exp(draws.between(-700, 700, n))),
    power: sample((n) => power(1 + n / 64, draws.between(-5, 5, n))),
  };
}

/** SHA-256 of all samples. */
export function samplesDigest(): string {
  return digestOf(numberSamples());
}

/** `samplesDigest()` as it was on Node 20.20 for x64 when the draws were settled: no engine may give another. */
export const RECORDED_SAMPLES_DIGEST = 'db8e079de4a87cc59740cc93e5b8db3459cfd375ddf49e257d7f02e3bef173a6';
