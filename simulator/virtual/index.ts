/** Virtual time: the same contract as the real world, on a clock that obeys us. */
export { simulate, type Simulation, type SimulationOptions } from './simulate.ts';
export { runScenario, type RunOptions, type RunRecord } from './run.ts';
export type { Note, Series, Step } from './journal.ts';
export { hasFailed, type FollowedCall, type HostStart } from './story.ts';
export { CHECKPOINT_EVENTS } from './trace.ts';
export type { EventTap } from './kernel.ts';
