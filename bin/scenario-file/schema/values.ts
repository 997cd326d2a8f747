/** The kinds of value that a scenario file is made of, each with its way back to text, and messages that name the remedy. */
import { z } from 'zod';
import { DURATION_PATTERN, durationMs, durationText, FOREVER } from '../duration.ts';
import { MOMENT_FORMS, MOMENT_PATTERN, type Moments } from '../moments.ts';

type Shape = Readonly<Record<string, z.core.$ZodType>>;

type Renamed<T, N> = { [K in keyof T as K extends keyof N ? (N[K] extends string ? N[K] : K) : K]: T[K] };

/** An object whose members are called otherwise in the model (`boot` in the file is `bootMs` there). Unknown keys are errors. */
export function renamed<S extends Shape, const N extends { readonly [K in keyof S]?: string }>(shape: S, names: N) {
  const forth = new Map(Object.entries(names as Record<string, string>));
  const back = new Map([...forth].map(([file, model]) => [model, file]));
  return z.codec(fields(shape), z.custom<Renamed<z.output<z.ZodObject<S>>, N>>(), {
    decode: (value) => withNames(value, forth) as Renamed<z.output<z.ZodObject<S>>, N>,
    encode: (value) => withNames(value as object | undefined, back) as z.output<z.ZodObject<S>>,
  });
}

/** An object with these fields and no others; the message names the fields there are, for whoever explains the issue. */
export function fields<S extends Shape>(shape: S) {
  const known = Object.keys(shape).join(' ');
  return z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? known : undefined) });
}

function withNames(value: object | undefined, names: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  // On the way back zod asks for members that are not there, and forgets the answer.
  if (value === undefined) return {};
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([key, member]) => [names.get(key) ?? key, member]));
}

const unitless: z.core.$ZodErrorMap = ({ input }) =>
  typeof input === 'number'
    ? `${input} has no unit. Write ${input}s, ${input}m, ${input}h or ${input}ms.`
    : 'must be a duration such as 90s, 5m, 1h30m or 250ms.';

/** 0 or more; `forever` only where asked for. */
function durationCodec({ positive, endless }: { readonly positive: boolean; readonly endless: boolean }) {
  const pattern = endless ? new RegExp(`${DURATION_PATTERN.source}|^${FOREVER}$`) : DURATION_PATTERN;
  return z.codec(z.string({ error: unitless }).regex(pattern, { error: noDuration(endless) }), z.number(), {
    decode: (text, { issues }) => {
      if (text === FOREVER) return Infinity;
      const valueMs = durationMs(text)!;
      if (positive && valueMs === 0) issues.push({ code: 'custom', input: text, message: 'must be longer than 0s.' });
      return valueMs;
    },
    encode: durationText,
  });
}

function noDuration(endless: boolean): z.core.$ZodErrorMap {
  const more = endless ? ', or forever' : '';
  return ({ input }) => `"${String(input)}" is no duration. Write it like 90s, 5m, 1h30m or 250ms${more}.`;
}

/** 0 or more. */
export const duration = () => durationCodec({ positive: false, endless: false });
/** Above 0. */
export const positiveDuration = () => durationCodec({ positive: true, endless: false });
/** Above 0, or `forever`. */
export const durationOrForever = () => durationCodec({ positive: true, endless: true });

/** A moment of the scenario; before its start only where asked for. */
export function moment(moments: Moments, { past = false }: { readonly past?: boolean } = {}) {
  const noText: z.core.$ZodErrorMap = ({ input }) => `${String(input)} is no moment. Write ${MOMENT_FORMS}.`;
  const noMoment: z.core.$ZodErrorMap = ({ input }) => `"${String(input)}" is no moment. Write ${MOMENT_FORMS}.`;
  return z.codec(z.string({ error: noText }).regex(MOMENT_PATTERN, { error: noMoment }), z.number(), {
    decode: (text, { issues }) => {
      const atMs = moments.read(text) ?? NaN;
      if (Number.isNaN(atMs)) issues.push({ code: 'custom', input: text, message: 'is no moment of any calendar.' });
      else if (atMs < 0 && !past) {
        issues.push({ code: 'custom', input: text, message: `"${text}" lies before the scenario's start.` });
      }
      return atMs;
    },
    encode: (atMs) => moments.write(atMs),
  });
}

/** A whole number of at least `least`. */
export function count(least = 0) {
  const wrong: z.core.$ZodErrorMap = ({ input }) => `must be a whole number of ${least} or more, not ${shown(input)}.`;
  return z.number({ error: wrong }).int({ error: wrong }).min(least, { error: wrong });
}

/** A share, 0 to 1. */
export function ratio() {
  const wrong: z.core.$ZodErrorMap = ({ input }) => {
    const percent = typeof input === 'number' && input > 1 && input <= 100 ? ` ${input} % is ${input / 100}.` : '';
    return `must be a share from 0 to 1, not ${shown(input)}.${percent}`;
  };
  return z.number({ error: wrong }).min(0, { error: wrong }).max(1, { error: wrong });
}

/** Above 0. */
export function positiveNumber() {
  const wrong: z.core.$ZodErrorMap = ({ input }) => `must be a number above 0, not ${shown(input)}.`;
  return z.number({ error: wrong }).positive({ error: wrong });
}

export function text() {
  const wrong: z.core.$ZodErrorMap = ({ input }) => `must be a text, not ${shown(input)}.`;
  return z.string({ error: wrong }).min(1, { error: 'must not be empty.' });
}

export function flag() {
  return z.boolean({ error: ({ input }) => `must be true or false, not ${shown(input)}.` });
}

/** A path of a request. */
export const path = () => text().regex(/^\//, { error: 'must begin with a slash, for instance /api/data.' });

/** A value of the file in a message. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'a group of fields' : String(value);
}

const RATE_PATTERN = /^(\d+(?:\.\d+)?)\/(s|m|h)$/;
const PERIODS_S = { s: 1, m: 60, h: 3_600 } as const;

/** `10/s`, `30/m`: a rate, per second in the model. Above 0. */
export function rate() {
  const wrong: z.core.$ZodErrorMap = ({ input }) => `${shown(input)} is no rate. Write it like 10/s, 30/m or 5/h.`;
  return z.codec(z.string({ error: wrong }).regex(RATE_PATTERN, { error: wrong }), z.number(), {
    decode: (value, { issues }) => {
      const [, amount, per] = RATE_PATTERN.exec(value)!;
      if (Number(amount) === 0) issues.push({ code: 'custom', input: value, message: 'must be above 0.' });
      return Number(amount) / PERIODS_S[per as keyof typeof PERIODS_S];
    },
    encode: (perSecond) => {
      const round = (value: number): boolean => Math.abs(value * 1_000 - Math.round(value * 1_000)) < 1e-9;
      const per = (['s', 'm', 'h'] as const).find((unit) => round(perSecond * PERIODS_S[unit])) ?? 's';
      const amount = per === 's' ? perSecond : Math.round(perSecond * PERIODS_S[per] * 1_000) / 1_000;
      return `${amount}/${per}`;
    },
  });
}
