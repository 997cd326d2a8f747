/** A maintenance page of a balancer or a CDN: a success to everything that looks at the status alone. */
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';
import { replacing } from '../replacement.ts';

export const HTML200: FaultAbout = {
  name: 'html200',
  sentence: 'The answer is an HTML page with status 200.',
  source: "OpenIDC/mod_auth_openidc#126: '[' or '{' expected near '<'",
  layer: 'response',
};

const PAGE = '<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Back soon.</body></html>';

/** The server does no work for the request. */
export function html200(): FaultMechanism {
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  return replacing(HTML200, 'answers with an HTML page and status 200', { status: 200, headers, body: PAGE });
}
