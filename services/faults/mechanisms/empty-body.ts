/** A success of no bytes: an upstream that died before the first one, behind a proxy that had promised 200. */
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';
import { replacing } from '../replacement.ts';

export const EMPTY_BODY: FaultAbout = {
  name: 'empty-body',
  sentence: 'The answer has status 200 and no body at all.',
  source: 'cduvray/jwt-authorizer#55: "EOF while parsing a value at line 1 column 0"',
  layer: 'response',
};

/** The server does no work for the request. */
export function emptyBody(): FaultMechanism {
  const headers = { 'content-type': 'application/json', 'content-length': '0' };
  return replacing(EMPTY_BODY, 'answers 200 without a body', { status: 200, headers });
}
