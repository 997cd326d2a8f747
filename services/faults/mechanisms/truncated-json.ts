/** Whole as HTTP, broken as JSON: a cache or a proxy that stored the beginning of an answer and now serves it as all. */
import { altering, isDocument } from '../alteration.ts';
import type { FaultAbout, FaultMechanism } from '../mechanism.ts';
import { requireOption } from '../option-check.ts';

export const TRUNCATED_JSON: FaultAbout = {
  name: 'truncated-json',
  sentence: 'The body ends before its JSON does.',
  source: 'nextcloud/user_oidc#1300: an answer that cannot be parsed is cached and keeps failing',
  layer: 'response',
};

export interface TruncatedJsonOptions {
  /** Share of the text that is sent, above 0 and below 1; 0.5 by default. At least one character is sent, one withheld. */
  readonly keptRatio?: number;
}

/** The body becomes a text. Answers without a JSON object or array pass. */
export function truncatedJson({ keptRatio = 0.5 }: TruncatedJsonOptions = {}): FaultMechanism {
  const holds = keptRatio > 0 && keptRatio < 1;
  requireOption(holds, 'truncated-json', 'keptRatio', keptRatio, 'Give a share above 0 and below 1.');
  return altering(TRUNCATED_JSON, 'answers with JSON that breaks off', (response) => {
    if (!isDocument(response.body)) return undefined;
    const text = JSON.stringify(response.body);
    const keptCount = Math.max(1, Math.floor((text.length - 1) * keptRatio));
    return { ...response, body: text.slice(0, keptCount) };
  });
}
