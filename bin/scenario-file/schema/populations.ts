/** Who uses the system: kinds of people and clients, told apart by `kind`. */
import { z } from 'zod';
import type { Moments } from '../moments.ts';
import { browserSessions } from './browser-sessions.ts';
import { desktopFleet } from './desktop-fleet.ts';
import { signIns } from './sign-ins.ts';
import { spa } from './spa.ts';
import { steady } from './steady.ts';

export const population = (moments: Moments) =>
  z.discriminatedUnion('kind', [
    spa(moments),
    browserSessions(moments),
    signIns(moments),
    steady(moments),
    desktopFleet(moments),
  ]);
