/** The whole scenario file. What it says is checked here once, and travels from then on as plain data in the units of the model. */
import { z } from 'zod';
import type { Moments } from '../moments.ts';
import { alert } from './alerts.ts';
import { attacker, link } from './attacker.ts';
import { backendSchema } from './backend.ts';
import { clock } from './clock.ts';
import { fault } from './faults.ts';
import { goodDay } from './good-day.ts';
import { idpSchema } from './idp.ts';
import { operator, step } from './operations.ts';
import { population } from './populations.ts';
import { routerSchema } from './router.ts';
import { thresholds } from './thresholds.ts';
import { count, fields, moment, positiveNumber, renamed, shown, text } from './values.ts';

/** Raised when a file of today would mean something else tomorrow. */
export const FORMAT_VERSION = 1;

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const host = (moments: Moments) =>
  z.discriminatedUnion('role', [idpSchema(moments), backendSchema(moments), routerSchema(moments)]);

const hostName = () =>
  z.string().regex(/^[a-z0-9{}-]+$/, { error: 'is no name of a host: use small letters, digits, hyphens and {n}.' });

const cells = (moments: Moments) =>
  fields({
    count: count(1).describe('How many; the name of the group then holds {n}.').exactOptional(),
    names: z.array(text()).min(1).describe('Or their names.').exactOptional(),
    hosts: z.record(hostName(), host(moments)).describe('Hosts of each cell; their names begin with that of the cell.'),
  });

const post = (moments: Moments) => renamed({ at: moment(moments), text: text() }, { at: 'atMs' });

const authLoad = () =>
  renamed(
    {
      counts: z.enum(['idp-requests', 'sign-ins']).describe('Whose load is reported.').exactOptional(),
      perSecond: positiveNumber().describe('What the shared resource can do.').exactOptional(),
    },
    { perSecond: 'capacityPerSecond' },
  );

export const scenarioSchema = (moments: Moments) =>
  fields({
    authdrill: z
      .literal(FORMAT_VERSION, { error: ({ input }) => noVersion(input) })
      .describe('Version of this format.'),
    id: text()
      .regex(ID, { error: ({ input }) => `${shown(input)} is no id: use small letters, digits and hyphens.` })
      .describe('What the scenario is called in results.'),
    title: text().describe('One line, for the head of a report.'),
    sentence: text().describe('What happens, in one sentence.').exactOptional(),
    clock: clock(moments).describe('When it plays. Moments are written on this clock.'),
    network: z
      .record(z.string(), link())
      .describe('One-way latency by pair of zones (wan>lan); default for the rest.')
      .exactOptional(),
    hosts: z.record(hostName(), host(moments)).describe('The machines: idp, backends, routers.').exactOptional(),
    cells: z
      .record(z.string(), cells(moments))
      .describe('The same group of hosts several times: stamps, cells, regions.')
      .exactOptional(),
    populations: z.record(z.string(), population(moments)).describe('Who uses it.'),
    alerts: z.record(z.string(), alert()).describe('Machines that look, and page the operator.').exactOptional(),
    operator: operator(moments).describe('Your people.').exactOptional(),
    events: z.array(step(moments)).describe('What the platform does by itself: deploys, scaling.').exactOptional(),
    supervised: z
      .array(text())
      .describe('Pools whose crashed instances are started again; all of backends when left out.')
      .exactOptional(),
    faults: z.record(z.string(), fault(moments)).describe('What goes wrong, by a name of its own.').exactOptional(),
    attacker: attacker().describe('Where credentials are tried that must be refused.').exactOptional(),
    timeline: z.array(post(moments)).describe('Moments that are only shown: posts, tickets.').exactOptional(),
    authLoad: authLoad().describe('The shared resource whose load is reported.').exactOptional(),
    goodDay: goodDay(moments).describe('The day on which the price of a mitigation shows.').exactOptional(),
    mitigations: z.array(text()).min(1).describe('What score tries; all when left out.').exactOptional(),
    thresholds: thresholds().describe('What a run has to keep to.').exactOptional(),
  });

function noVersion(input: unknown): string {
  return input === undefined
    ? `must say which version of the format this is. Begin the file with authdrill: ${FORMAT_VERSION}.`
    : `${shown(input)} is no version that this program reads: write ${FORMAT_VERSION}.`;
}

/** A scenario file that has been checked: plain data, in milliseconds. */
export type CheckedScenario = z.output<ReturnType<typeof scenarioSchema>>;
/** What stands in the file. */
export type WrittenScenario = z.input<ReturnType<typeof scenarioSchema>>;
export type HostGroup = NonNullable<CheckedScenario['hosts']>[string];
export type IdpGroup = Extract<HostGroup, { role: 'idp' }>;
export type BackendGroup = Extract<HostGroup, { role: 'backend' }>;
export type RouterGroup = Extract<HostGroup, { role: 'router' }>;
export type PopulationEntry = CheckedScenario['populations'][string];
export type Step = NonNullable<CheckedScenario['events']>[number];
export type CheckedFault = NonNullable<CheckedScenario['faults']>[string];
export type CheckedAlert = NonNullable<CheckedScenario['alerts']>[string];
