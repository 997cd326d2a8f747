/** Everything dated that a report tells, in the order of the lanes: faults, the record's marks, posts on the status page. */
import type { FaultResult, LaneMark, RunPicture, TimelineResult } from '../simulator/experiment/index.ts';
import { markWords } from './render/mark-words.ts';
import { plural } from './render/figures.ts';

export interface LaneEntry {
  readonly lane: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly from: string;
  readonly until: string;
  readonly text: string;
  readonly shape: LaneShape;
}

/** Each lane has a shape of its own, so that colour is not needed to tell them apart. */
export type LaneShape = 'fault' | 'dot' | 'square' | 'diamond' | 'post' | 'triangle';

const LANE_NAMES: readonly (readonly [lane: string, name: string, shape: LaneShape])[] = [
  ['platform', 'platform', 'square'],
  ['instances', 'instances', 'dot'],
  ['edge', 'edge', 'square'],
  ['mitigation', 'mitigation', 'triangle'],
  ['monitor', 'reports, alerts', 'triangle'],
  ['operator', 'operator', 'diamond'],
];

/** Everything dated, in the order of the lanes and of time. */
export function laneEntries(
  picture: RunPicture,
  faults: readonly FaultResult[],
  inputs: readonly TimelineResult[],
): readonly LaneEntry[] {
  const felt = (hits: number): string => (hits === 0 ? 'never felt' : `felt ${plural(hits, 'time')}`);
  const ofFaults = faults.map(({ id, sentence, fromMs, untilMs, from, until, hits }): LaneEntry => {
    return { lane: 'faults', fromMs, untilMs, from, until, text: `${id}: ${sentence} (${felt(hits)})`, shape: 'fault' };
  });
  const ofMarks = LANE_NAMES.flatMap(([lane, name, shape]) => {
    return picture.marks.filter((mark) => mark.lane === lane).map((mark) => entryOf(mark, name, shape));
  });
  const posts = inputs
    .filter(({ kind }) => kind === 'annotation')
    .map(({ atMs, at, text }): LaneEntry => {
      const common = { fromMs: atMs, untilMs: atMs, from: at, until: at, shape: 'post' } as const;
      const post = /^status page[,:] (.*)$/s.exec(text);
      return post === null
        ? { lane: 'public report', text, ...common }
        : { lane: 'status page', text: post[1]!, ...common };
    });
  return [...ofFaults, ...ofMarks, ...posts];
}

function entryOf(mark: LaneMark, lane: string, shape: LaneShape): LaneEntry {
  const { fromMs, untilMs, from, until } = mark;
  return { lane, fromMs, untilMs, from, until, text: markWords(mark), shape };
}
