/** The shape of faults that spoil the server's answer: the server has done the work, what comes of it is another matter. */
import type { Handler, Process, Request, Response } from '../../simulator/contract/index.ts';
import type { FaultAbout, FaultLayer, FaultMechanism, FaultSite } from './mechanism.ts';

/** The spoilt answer, or undefined when there is nothing in it to spoil; then the fault was not felt. */
export type Alter = (response: Response, site: FaultSite, request: Request) => Response | undefined;

/** An answer that will not arrive whole anyhow (an inner fault gave it a fate) passes as it is. */
export function altering(about: FaultAbout, deed: string, alter: Alter): FaultMechanism {
  return new Alteration(about, deed, alter);
}

class Alteration implements FaultMechanism {
  readonly name: string;
  readonly sentence: string;
  readonly source: string;
  readonly layer: FaultLayer;
  readonly deed: string;
  readonly #alter: Alter;

  constructor(about: FaultAbout, deed: string, alter: Alter) {
    this.name = about.name;
    this.sentence = about.sentence;
    this.source = about.source;
    this.layer = about.layer;
    this.deed = deed;
    this.#alter = alter;
  }

  *answer(inner: Handler, request: Request, site: FaultSite): Process<Response> {
    const response = yield* inner(request);
    if (response.fate !== undefined && response.fate !== 'deliver') return response;
    const altered = this.#alter(response, site, request);
    if (altered === undefined) return response;
    site.felt(request);
    return altered;
  }
}

/** Whether a body is a JSON object or array: what a document fault can take apart. */
export function isDocument(body: unknown): body is object {
  return typeof body === 'object' && body !== null;
}
