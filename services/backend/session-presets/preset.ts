/** What a preset is: how one real library or framework treats the keys of its session cookies, with where that is known from. */
import type { SessionOptions } from '../session-options.ts';

/** What is left to its user: secrets, lifetimes, a store. */
export type SessionBehaviour = Pick<
  SessionOptions,
  'destructiveRejection' | 'resignOnRead' | 'keySource' | 'sealsWith'
>;

export interface SessionPreset {
  readonly id: string;
  /** One sentence for lists: what it does with a cookie that another instance has sealed. */
  readonly sentence: string;
  /** Library and version, and whether it was measured, read in its source or said by its documents. */
  readonly source: string;
  readonly behaviour: SessionBehaviour;
}
