/** The published incidents that can be replayed, oldest mechanism first. */
import type { Incident } from '../simulator/experiment/index.ts';
import { azureAd } from './azure-ad-2021-03-15/incident.ts';
import { cytracom } from './cytracom-2021-03-16/incident.ts';
import { logto } from './logto-2026-01-08/incident.ts';
import { napta } from './napta-2025-12-19/incident.ts';
import { uniflow } from './uniflow-2024-09-09/incident.ts';

export const incidents: readonly Incident[] = [napta, cytracom, uniflow, azureAd, logto];

/** Those of the first look, which is to be done within a minute. */
export const firstLook: readonly Incident[] = [napta, cytracom, uniflow];
