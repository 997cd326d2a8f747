/** What a preset is: the settings of one real balancer as it comes, with where they come from. */
import type { RouterOptions } from '../options.ts';

export interface RouterPreset {
  readonly id: string;
  /** One sentence for lists: how it meets an instance that refuses valid tokens. */
  readonly sentence: string;
  /** Documents or source, and what is not modelled. */
  readonly source: string;
  readonly options: Omit<RouterOptions, 'pool'>;
}
