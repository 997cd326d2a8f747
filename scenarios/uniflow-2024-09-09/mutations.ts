/** stub */
import type { Mutation } from '../../simulator/experiment/index.ts';
export const mutations: readonly Mutation[] = [];
