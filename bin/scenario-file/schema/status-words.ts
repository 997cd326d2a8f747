/** Answers as words: `[5xx, 401, no-answer]`. */
import { z } from 'zod';
import type { StatusWord } from '../../../services/status-words.ts';
import { shown } from './values.ts';

const WORD = /^(?:[1-5]\d\d|[2-5]xx|no-answer|refused|reset|cut|timeout)$/;
const numeric = /^\d+$/;

const statusWord = () => {
  const wrong: z.core.$ZodErrorMap = ({ input }) =>
    `${shown(input)} is no answer. Write a status such as 401, or 2xx, 3xx, 4xx, 5xx, no-answer, refused, reset, cut, timeout.`;
  return z.codec(
    z.union([z.number(), z.string()], { error: wrong }).refine((value) => WORD.test(String(value)), { error: wrong }),
    z.custom<StatusWord>(),
    { decode: (value) => String(value) as StatusWord, encode: (word) => (numeric.test(word) ? Number(word) : word) },
  );
};

export const statusWords = () => z.array(statusWord()).min(1, { error: 'must name at least one answer.' });
