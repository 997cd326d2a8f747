/** The right bytes under a wrong label: a harmless mistake that some clients turn into an outage. */
import { altering, isDocument } from '../alteration.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';
import { requireOption } from '../option-check.ts';

export const WRONG_CONTENT_TYPE: FaultAbout = {
  name: 'wrong-content-type',
  sentence: 'The document comes under another content type than JSON.',
  source: 'DuendeArchive/identity-model-oidc-client-js#609: a key set refused for its content type',
  layer: 'response',
};

export interface WrongContentTypeOptions {
  /** `text/plain` by default. */
  readonly contentType?: string;
}

/** The body stays as it is. Answers without a JSON object or array pass. */
export function wrongContentType({ contentType = 'text/plain' }: WrongContentTypeOptions = {}): FaultMechanism {
  requireOption(contentType !== '', 'wrong-content-type', 'contentType', contentType, 'Name a media type.');
  return altering(WRONG_CONTENT_TYPE, `labels its answer ${contentType}`, (response) =>
    isDocument(response.body)
      ? { ...response, headers: { ...response.headers, 'content-type': contentType } }
      : undefined,
  );
}
