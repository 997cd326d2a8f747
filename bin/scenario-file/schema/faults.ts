/** Faults in a scenario file: a mechanism by name with its own options, and whom and when it meets. */
import { z } from 'zod';
import { FAULTS } from '../../../services/faults/index.ts';
import type { Moments } from '../moments.ts';
import { count, duration, moment, path, positiveDuration, ratio, renamed, text } from './values.ts';

const bindingFields = (moments: Moments) => ({
  target: text().describe('Host or pool in whose door it sits.'),
  from: moment(moments).describe('Its first moment.'),
  until: moment(moments).describe('Its end.'),
  endpoints: z.array(path()).min(1).describe('Beginnings of paths; all when left out.').exactOptional(),
  callers: z
    .array(text().regex(/^[^*]*\*?$/, { error: 'may hold a star only at its end.' }))
    .min(1)
    .describe('Who meets it, whole (api-3) or by their beginning (api-*); everybody when left out.')
    .exactOptional(),
  chance: ratio().describe('Share of the matching requests that it meets.').exactOptional(),
  ramp: positiveDuration().describe('The chance grows evenly over so long.').exactOptional(),
  everyKth: count(1).describe('Only every k-th matching request.').exactOptional(),
  next: count(1).describe('Only the next so many matching requests.').exactOptional(),
});

const bindingNames = { from: 'fromMs', until: 'untilMs', ramp: 'rampMs', next: 'nextCount' } as const;

/** Mechanisms with options of their own. */
const errorStatus = (moments: Moments) =>
  renamed(
    {
      mechanism: z.literal('status'),
      ...bindingFields(moments),
      status: count(400).max(599),
      retryAfterSeconds: count(0).exactOptional(),
    },
    bindingNames,
  );
const slow = (moments: Moments) =>
  renamed(
    {
      mechanism: z.literal('slow'),
      ...bindingFields(moments),
      delay: positiveDuration(),
      jitterMean: duration().exactOptional(),
    },
    { ...bindingNames, delay: 'delayMs', jitterMean: 'jitterMeanMs' },
  );
const dribble = (moments: Moments) =>
  renamed(
    { mechanism: z.literal('dribble'), ...bindingFields(moments), body: positiveDuration() },
    { ...bindingNames, body: 'bodyMs' },
  );
const keysMissing = (moments: Moments) =>
  renamed(
    { mechanism: z.literal('keys-missing'), ...bindingFields(moments), kids: z.array(text()).min(1) },
    bindingNames,
  );
const hugeSet = (moments: Moments) =>
  renamed(
    { mechanism: z.literal('huge-set'), ...bindingFields(moments), keys: count(1).exactOptional() },
    { ...bindingNames, keys: 'keyCount' },
  );
const redirect = (moments: Moments) =>
  renamed(
    {
      mechanism: z.literal('redirect'),
      ...bindingFields(moments),
      status: count(301).max(308).exactOptional(),
      location: text().exactOptional(),
    },
    bindingNames,
  );
const truncatedJson = (moments: Moments) =>
  renamed(
    { mechanism: z.literal('truncated-json'), ...bindingFields(moments), kept: ratio().exactOptional() },
    { ...bindingNames, kept: 'keptRatio' },
  );
const wrongContentType = (moments: Moments) =>
  renamed(
    { mechanism: z.literal('wrong-content-type'), ...bindingFields(moments), contentType: text().exactOptional() },
    bindingNames,
  );
const duplicateKid = (moments: Moments) =>
  renamed(
    {
      mechanism: z.literal('duplicate-kid'),
      ...bindingFields(moments),
      twin: z.enum(['before', 'after']).exactOptional(),
    },
    bindingNames,
  );

const OPTIONED = [
  'status',
  'slow',
  'dribble',
  'keys-missing',
  'huge-set',
  'redirect',
  'truncated-json',
  'wrong-content-type',
  'duplicate-kid',
  'flap',
];

/** Names of mechanisms that a plain name says all about. */
export const PLAIN_MECHANISMS = FAULTS.map(({ name }) => name).filter((name) => !OPTIONED.includes(name)) as [
  string,
  ...string[],
];

const plain = (moments: Moments) =>
  renamed({ mechanism: z.enum(PLAIN_MECHANISMS), ...bindingFields(moments) }, bindingNames);

const flap = (moments: Moments) =>
  renamed(
    {
      mechanism: z.literal('flap'),
      ...bindingFields(moments),
      of: z.enum(PLAIN_MECHANISMS).describe('What comes and goes.'),
      down: positiveDuration().describe('How long it acts at a time; it begins so.'),
      up: positiveDuration().describe('How long all is well between.'),
    },
    { ...bindingNames, down: 'downMs', up: 'upMs' },
  );

export const fault = (moments: Moments) =>
  z.discriminatedUnion('mechanism', [
    plain(moments),
    errorStatus(moments),
    slow(moments),
    dribble(moments),
    keysMissing(moments),
    hugeSet(moments),
    redirect(moments),
    truncatedJson(moments),
    wrongContentType(moments),
    duplicateKid(moments),
    flap(moments),
  ]);
