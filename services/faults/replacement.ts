/** The shape of faults that answer in the server's place: the server never sees the request and does no work for it. */
import type { Handler, Process, Request, Response } from '../../simulator/contract/index.ts';
import type { FaultAbout, FaultLayer, FaultMechanism, FaultSite } from './mechanism.ts';

/** @param response what every request that the fault meets is answered with */
export function replacing(about: FaultAbout, deed: string, response: Response): FaultMechanism {
  return new Replacement(about, deed, response);
}

class Replacement implements FaultMechanism {
  readonly name: string;
  readonly sentence: string;
  readonly source: string;
  readonly layer: FaultLayer;
  readonly deed: string;
  readonly #response: Response;

  constructor(about: FaultAbout, deed: string, response: Response) {
    this.name = about.name;
    this.sentence = about.sentence;
    this.source = about.source;
    this.layer = about.layer;
    this.deed = deed;
    this.#response = response;
  }

  *answer(_inner: Handler, request: Request, site: FaultSite): Process<Response> {
    site.felt(request);
    return this.#response;
  }
}
