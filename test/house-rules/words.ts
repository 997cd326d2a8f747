/**
 * Words that must not stand in a model room, as data, and the search for them. A run must be the same for a seed on every
 * machine and in every engine: so no ambient time or chance, no locale, no promise (their order is the engine's), and no
 * mathematics whose last bit is the engine's choice.
 */
import type { Offence } from './offence.ts';
import type { Source, Token } from './tokens.ts';

interface WordRule {
  readonly rule: string;
  readonly words: readonly string[];
  /**
   * `global`: the bare name, neither behind a dot nor the key of a property. `member`: behind a dot.
   */
  readonly as: 'global' | 'member';
  /** Only when one of these members is asked for: the name itself is a fair one for a variable. */
  readonly followedBy?: readonly string[];
  readonly remedy: string;
}

const PROCESS_MEMBERS =
  'argv env exit exitCode hrtime nextTick stdout stderr stdin cwd pid platform uptime memoryUsage cpuUsage version versions on once emit kill emitWarning binding';

export const WORD_RULES: readonly WordRule[] = [
  { rule: 'ambient-time', words: ['Date', 'performance', 'Temporal'], as: 'global', remedy: 'use world.clock' },
  {
    rule: 'ambient-time',
    words: ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'],
    as: 'global',
    remedy: 'use world.timers',
  },
  {
    rule: 'ambient-process',
    words: ['process'],
    as: 'global',
    followedBy: PROCESS_MEMBERS.split(' '),
    remedy: 'take it as an option from bin/',
  },
  { rule: 'ambient-process', words: ['globalThis'], as: 'global', remedy: 'name what you need in the World' },
  {
    rule: 'ambient-chance',
    words: ['crypto'],
    as: 'global',
    followedBy: ['subtle', 'getRandomValues', 'randomUUID'],
    remedy: 'use world.draws, or world.seals for signatures',
  },
  {
    rule: 'ambient-memory',
    words: ['WeakRef', 'FinalizationRegistry'],
    as: 'global',
    remedy: 'release what you hold by name: collection is the engine’s choice',
  },
  { rule: 'locale', words: ['Intl'], as: 'global', remedy: 'format with fixed rules, compare with < and >' },
  {
    rule: 'locale',
    words: [
      'localeCompare',
      'toLocaleString',
      'toLocaleDateString',
      'toLocaleTimeString',
      'toLocaleLowerCase',
      'toLocaleUpperCase',
    ],
    as: 'member',
    remedy: 'format with fixed rules, compare with < and >',
  },
  {
    rule: 'promises',
    words: ['async', 'await'],
    as: 'global',
    remedy: 'write a generator and `yield*` an operation',
  },
  {
    rule: 'promises',
    words: ['Promise', 'PromiseLike', 'Awaited', 'AsyncGenerator', 'AsyncIterable', 'AsyncIterator'],
    as: 'global',
    remedy: 'use Operation and Process of simulator/contract',
  },
];

/** Everything else Math offers may differ in the last bit between engines (or is chance). */
const PORTABLE_MATH = new Set(
  'abs ceil clz32 floor fround imul max min round sign sqrt trunc E LN2 LN10 LOG2E LOG10E PI SQRT1_2 SQRT2'.split(' '),
);

/** Finds banned words of a model file. */
export function findBannedWords({ path, tokens }: Source): Offence[] {
  return tokens.flatMap((token, index) => {
    const found = judge(tokens, index);
    return found === undefined ? [] : [{ path, line: token.line, ...found }];
  });
}

function judge(tokens: readonly Token[], index: number): Pick<Offence, 'rule' | 'message'> | undefined {
  const token = tokens[index] as Token;
  if (token.kind === 'sign') return judgeSign(token);
  if (token.kind !== 'word') return undefined;
  const member = isMember(tokens, index);
  if (token.text === 'Math' && !member) return judgeMath(tokens, index);
  if (token.text === 'yield' && !member && !isKey(tokens, index) && tokens[index + 1]?.text !== '*') {
    return { rule: 'bare-yield', message: 'a bare `yield` is banned: use `yield*`, which gives the result its type' };
  }
  if (token.text === 'import' && !member && tokens[index + 1]?.text === '(') {
    return {
      rule: 'dynamic-import',
      message: '`import()` is banned: use a static import, or `import type` for a type',
    };
  }
  if (token.text === 'import' && tokens[index + 1]?.text === '.') {
    return { rule: 'dynamic-import', message: '`import.meta` is banned: take what you need as an option from bin/' };
  }
  if (
    token.text === 'declare' &&
    /^(?:const|let|var|function|global|module|namespace|class)$/.test(tokens[index + 1]?.text ?? '')
  ) {
    return { rule: 'ambient-declaration', message: '`declare` is banned: name what you need in the World' };
  }
  const rule = WORD_RULES.find((entry) => entry.words.includes(token.text) && applies(entry, tokens, index, member));
  return rule && { rule: rule.rule, message: `${token.text} is banned: ${rule.remedy}` };
}

function judgeSign({ text }: Token): Pick<Offence, 'rule' | 'message'> | undefined {
  if (text !== '**' && text !== '**=') return undefined;
  return { rule: 'portable-mathematics', message: `${text} is banned: multiply, or use simulator/contract/portable` };
}

function judgeMath(tokens: readonly Token[], index: number): Pick<Offence, 'rule' | 'message'> | undefined {
  const member = tokens[index + 1]?.text === '.' ? tokens[index + 2]?.text : undefined;
  if (member === undefined) {
    return {
      rule: 'portable-mathematics',
      message: 'Math as a value is banned: write `Math.name`, so that it can be checked',
    };
  }
  if (member === 'random') {
    return { rule: 'ambient-chance', message: 'Math.random is banned: use world.draws, keyed by what the draw is for' };
  }
  if (PORTABLE_MATH.has(member)) return undefined;
  return { rule: 'portable-mathematics', message: `Math.${member} is banned: use simulator/contract/portable` };
}

function applies(rule: WordRule, tokens: readonly Token[], index: number, member: boolean): boolean {
  if (rule.as === 'member') return member;
  if (member || isKey(tokens, index)) return false;
  // `value instanceof Promise` only recognises one, in order to refuse it.
  if (tokens[index - 1]?.text === 'instanceof') return false;
  if (rule.followedBy === undefined) return true;
  const dot = tokens[index + 1]?.text;
  return (dot === '.' || dot === '?.') && rule.followedBy.includes(tokens[index + 2]?.text ?? '');
}

function isMember(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.text;
  return before === '.' || before === '?.';
}

/** The name of a property in an object or an interface: `{ Date: … }`, `performance?: number;`. */
function isKey(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1]?.text;
  const colon = after === ':' || (after === '?' && tokens[index + 2]?.text === ':');
  return colon && before?.kind !== 'template' && ['{', ',', ';', 'readonly', '}'].includes(before?.text ?? '');
}
