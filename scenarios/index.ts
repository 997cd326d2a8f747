/** The published incidents that can be replayed, oldest mechanism first. */
import type { Incident } from '../simulator/experiment/index.ts';
import { cytracom } from './cytracom-2021-03-16/incident.ts';
import { napta } from './napta-2025-12-19/incident.ts';
import { uniflow } from './uniflow-2024-09-09/incident.ts';

export const incidents: readonly Incident[] = [napta, cytracom, uniflow];
