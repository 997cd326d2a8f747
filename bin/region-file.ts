/** Puts the shares of a region, computed beforehand by `region --output`, into the rows of a scorecard. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { RegionShares } from '../reports/score/region-result.ts';
import type { ScoreResult } from '../reports/score/score-document.ts';
import { digestOf } from '../simulator/experiment/index.ts';
import { UsageError } from './exit.ts';

/** By incident, then by mitigation. */
type Regions = ReadonlyMap<string, ReadonlyMap<string, RegionShares>>;

const ratio = z.number().min(0).max(1);
const proportion = z.object({ share: ratio, low: ratio, high: ratio });
const shares = z.object({
  setCount: z.number().int().min(1),
  helps: proportion,
  ranksFirst: proportion,
  harms: proportion,
  scoreQuantiles: z.tuple([z.number(), z.number(), z.number()]),
});
const document = z.object({
  kind: z.literal('region'),
  scenario: z.string(),
  mitigations: z.array(z.object({ id: z.string(), shares: shares.nullable() })),
});

/**
 * @param list files, separated by commas; none by default
 * @throws UsageError for a file that cannot be read, or is no result of `region`
 */
export function readRegions(list: string | undefined): Regions {
  const files = (list ?? '').split(',').filter((file) => file !== '');
  return new Map(
    files.map((file) => {
      const { scenario, mitigations } = readRegion(file);
      const known = mitigations.flatMap(({ id, shares: own }) => (own === null ? [] : [[id, own] as const]));
      return [scenario, new Map(known)];
    }),
  );
}

function readRegion(file: string): z.infer<typeof document> {
  const remedy = 'Make one with `region <incident> --output FILE`.';
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--region ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const result = document.safeParse(content);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UsageError(`--region ${file} is no region: ${issue?.path.join('.')} ${issue?.message}. ${remedy}`);
}

export function withRegions(result: ScoreResult, regions: Regions): ScoreResult {
  if (regions.size === 0) return result;
  const scenarios = result.scenarios.map((scenario) => ({
    ...scenario,
    mitigations: scenario.mitigations.map((arm) => {
      const region = regions.get(scenario.id)?.get(arm.id);
      return region === undefined ? arm : { ...arm, region };
    }),
  }));
  const { digest, ...document } = { ...result, scenarios };
  return { ...document, digest: digestOf({ document, digest }) };
}
