/**
 * One page that holds everything: no script, no other file, no network. It can be mailed, opened on a phone, read aloud,
 * printed. The same document gives the same bytes.
 */
import { DISCLAIMER } from '../render/disclaimer.ts';
import { plural, seedText } from '../render/figures.ts';
import type { IncidentReport, ReportDocument } from '../report-document.ts';
import { laneEntries } from '../lane-entries.ts';
import { assumptionsSection, limitsSection } from './assumptions-section.ts';
import { bandFigures, bandLegend } from './band-figure.ts';
import { dataBlock, fragment, h, styleBlock, type Markup } from './element.ts';
import { factsSection, thresholdsSection } from './facts-section.ts';
import { code, paragraph, section } from './figure.ts';
import { heatFigure } from './heat-figure.ts';
import { lanesFigure } from './lanes-figure.ts';
import { crossSection, mitigationsSection } from './mitigations-section.ts';
import { STYLE } from './style.ts';
import { whySection } from './why-section.ts';

/** Where the document itself lies in the page. */
export const DATA_ID = 'authdrill-report';

export function htmlPage(document: ReportDocument): string {
  const { incidents, score } = document;
  const title = incidents.map((incident) => incident.title).join(' · ');
  const body = [
    heading(document),
    ...incidents.map((incident) => incidentPart(document, incident)),
    score === null ? null : crossSection(score),
    limitsSection(),
    footer(document),
  ];
  const page = h('html', { lang: 'en' }, [
    h('head', {}, [
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      // Nothing may run and nothing may be fetched, whatever a name in the document says.
      h('meta', { 'http-equiv': 'Content-Security-Policy', content: "default-src 'none'; style-src 'unsafe-inline'" }),
      h('title', {}, `authdrill: ${title}`),
      styleBlock(STYLE),
    ]),
    h('body', {}, h('main', {}, body)),
  ]);
  return `<!doctype html>\n${page.markup}\n`;
}

function heading({ verdict, incidents, seeds, again, tool, digest }: ReportDocument): Markup {
  const only = incidents.length === 1 ? incidents[0]! : null;
  return h('header', {}, [
    incidents.every(({ isOwn }) => isOwn) ? null : h('p', { class: 'disclaimer' }, DISCLAIMER),
    h('h1', {}, only === null ? `${plural(incidents.length, 'incident')} replayed and scored` : only.title),
    only === null ? null : h('p', {}, only.sentence),
    h('p', { class: `verdict ${verdict.word.toLowerCase()}` }, [
      h('strong', {}, verdict.word),
      ' ',
      verdict.reasons.join(' '),
    ]),
    h('p', {}, ['Reproduce (', seedText(seeds), ', ', `${tool.name} ${tool.version}):`]),
    h('pre', { tabindex: '0' }, code(again)),
    h('p', { class: 'digest' }, `Digest of this document: ${digest}`),
    h(
      'nav',
      { 'aria-label': 'On this page' },
      h(
        'ul',
        {},
        incidents.flatMap((incident) => navigation(incident, only === null)),
      ),
    ),
  ]);
}

const PARTS: readonly (readonly [name: string, title: string])[] = [
  ['facts', 'facts'],
  ['when', 'what happened when'],
  ['where', 'instance by instance'],
  ['why', 'why'],
  ['load', 'served share and load'],
  ['mitigations', 'mitigations'],
  ['assumptions', 'assumptions'],
];

function navigation({ id }: IncidentReport, several: boolean): readonly Markup[] {
  if (several) return [h('li', {}, h('a', { href: `#${id}` }, id))];
  return PARTS.map(([name, title]) => h('li', {}, h('a', { href: `#${partId(id, name)}` }, title)));
}

function partId(incident: string, name: string): string {
  return `${incident}-${name}`;
}

function incidentPart({ incidents, score }: ReportDocument, incident: IncidentReport): Markup {
  const { id, sweep, replay, explanation, picture, bands, commands } = incident;
  const scenario = score?.scenarios.find((each) => each.id === id);
  const entries = laneEntries(picture, replay.faults, replay.inputs);
  const { zone } = picture.clock;
  return h('article', { id, 'aria-labelledby': `${id}-name` }, [
    h('h2', { id: `${id}-name` }, incidents.length === 1 ? id : incident.title),
    incidents.length === 1 ? null : paragraph(incident.sentence),
    incident.isOwn === true
      ? thresholdsSection(partId(id, 'facts'), incident.thresholds ?? [], sweep.seeds)
      : factsSection(partId(id, 'facts'), sweep),
    section(partId(id, 'when'), 'What happened when', [
      paragraph(`One run, seed ${replay.seed}, on the incident's clock (${zone}): `, code(commands.replay)),
      lanesFigure(picture, entries),
    ]),
    section(partId(id, 'where'), 'Instance by instance', heatFigure(picture)),
    whySection(partId(id, 'why'), explanation, zone, commands.explain),
    section(partId(id, 'load'), 'Served share and auth load', [
      bandLegend(bands, replay.faults.length > 0),
      bandFigures(picture, bands, replay.faults),
    ]),
    scenario === undefined ? null : mitigationsSection(partId(id, 'mitigations'), scenario, incident.isOwn),
    assumptionsSection(partId(id, 'assumptions'), replay.assumptions, replay.inputs),
  ]);
}

function footer(document: ReportDocument): Markup {
  return fragment([
    h('footer', {}, [
      paragraph(
        'Everything above as data: the JSON document in this page, in the element ',
        code(`script#${DATA_ID}`),
        '. No script runs here and nothing is fetched.',
      ),
    ]),
    dataBlock(DATA_ID, JSON.stringify(document)),
  ]);
}
