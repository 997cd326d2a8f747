/** How far each assumption alone can be moved towards its bounds while all facts about single runs still hold. */
import type { Assumption } from '../incident.ts';
import { valueAt, type Extent } from './box.ts';
import type { FactRun } from './fact-run.ts';

/** Outwards first; where not even the nearest holds, inwards. */
const OUTWARDS = [1 / 8, 1 / 4, 1 / 2, 1];
const INWARDS = [1 / 16, 1 / 32];

/** One assumption towards one bound. */
interface Side {
  readonly assumption: Assumption;
  readonly sign: -1 | 1;
  readonly tried: { readonly way: number; readonly value: number; readonly run: FactRun }[];
}

export interface Question {
  readonly assumption: string;
  readonly value: number;
}

export class Probe {
  readonly #sides: readonly Side[];
  #asked: readonly { readonly side: Side; readonly way: number; readonly value: number }[] = [];

  constructor(assumptions: readonly Assumption[]) {
    this.#sides = assumptions.flatMap((assumption) =>
      ([-1, 1] as const).flatMap((sign) => {
        const bound = sign < 0 ? assumption.low : assumption.high;
        return bound === assumption.value ? [] : [{ assumption, sign, tried: [] }];
      }),
    );
  }

  /** The values to try now; none when every side is known. */
  next(): readonly Question[] {
    this.#asked = this.#sides.flatMap((side) => {
      const way = nextWay(side);
      return way === undefined ? [] : [{ side, way, value: valueAt(side.assumption, side.sign * way) }];
    });
    return this.#asked.map(({ side, value }) => ({ assumption: side.assumption.id, value }));
  }

  take(runs: readonly FactRun[]): void {
    for (const [index, { side, way, value }] of this.#asked.entries()) {
      side.tried.push({ way, value, run: runs[index]! });
    }
  }

  extentOf(assumption: string): Extent {
    const reach = (sign: -1 | 1): number => {
      const side = this.#sides.find((each) => each.assumption.id === assumption && each.sign === sign);
      return side === undefined ? 0 : reachOf(side);
    };
    return { towardsLow: reach(-1), towardsHigh: reach(1) };
  }

  /** Places tried on the way to both bounds that are not too large to run, and whether the facts hold there. */
  judged(
    assumption: string,
  ): readonly { readonly place: number; readonly value: number; readonly factsHold: boolean | null }[] {
    return this.#sides
      .filter((side) => side.assumption.id === assumption)
      .flatMap(({ sign, tried }) =>
        tried.flatMap(({ way, value, run }) =>
          run.outcome === 'judged' ? [{ place: sign * way, value, factsHold: run.broken.length === 0 }] : [],
        ),
      );
  }
}

/** What breaks a fact half way may be of interest further on; what is too large or contradicts itself there is not. */
function nextWay({ tried }: Side): number | undefined {
  const outwards = tried.filter(({ way }) => way >= OUTWARDS[0]!);
  const stopped = outwards.some(({ run }) => run.outcome !== 'judged');
  if (!stopped && outwards.length < OUTWARDS.length) return OUTWARDS[outwards.length];
  if (holds(outwards[0]?.run)) return undefined;
  const inwards = tried.filter(({ way }) => way < OUTWARDS[0]!);
  return inwards.some(({ run }) => holds(run)) ? undefined : INWARDS[inwards.length];
}

/** The furthest place up to which every place tried holds. */
function reachOf({ tried }: Side): number {
  const outwards = [...tried].sort((a, b) => a.way - b.way);
  let reach = 0;
  for (const { way, run } of outwards) {
    if (holds(run)) reach = way;
    else if (reach > 0 || way >= OUTWARDS[0]!) break;
  }
  return reach;
}

function holds(run: FactRun | undefined): boolean {
  return run?.outcome === 'judged' && run.broken.length === 0;
}
