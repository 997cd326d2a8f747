/** Bands over seeds, bin by bin, from the pictures of the same play under several seeds. */
import type { RunPicture } from '../simulator/experiment/index.ts';
import type { Band, BandBin } from './report-document.ts';
import { quantileOfSorted } from './statistics/order.ts';

const LOW = 0.05;
const HIGH = 0.95;

/** @param pictures one for each seed, at least one, all of the same play */
export function bandsOf(pictures: readonly RunPicture[]): readonly BandBin[] {
  return pictures[0]!.bins.map(({ fromMs, untilMs }, bin) => {
    const minutes = (untilMs - fromMs) / 60_000;
    const served = pictures.flatMap(({ intentions, failedIntentions }) => {
      const wanted = intentions[bin]!;
      // A failure may be counted a bin after its intention.
      return wanted === 0 ? [] : [1 - Math.min(wanted, failedIntentions[bin]!) / wanted];
    });
    return {
      served: served.length === 0 ? null : bandOf(served),
      authPerMinute: bandOf(pictures.map(({ authLoad }) => authLoad.requests[bin]! / minutes)),
    };
  });
}

function bandOf(values: readonly number[]): Band {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => rounded(quantileOfSorted(sorted, share));
  return { low: at(LOW), median: at(0.5), high: at(HIGH) };
}

/** Four digits behind the point: more cannot be drawn, and would be carried in every page. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
