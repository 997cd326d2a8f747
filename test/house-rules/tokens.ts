/**
 * Cuts TypeScript into tokens, so that the house rules never mistake a comment, a string or a regular expression for
 * code. TypeScript 7 has no programming interface to borrow a scanner from, and the rules need only tokens, not a tree.
 */

export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'template' | 'regex' | 'sign';
  /** The text as written; of a string its content without the quotes; of a template one literal piece. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

export interface Comment {
  readonly text: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly lineCount: number;
}

// Longest first: `**=` must not be read as `**` and `=`. `>` and `>>` stay single signs, since type arguments end in them.
const SIGNS = ['**=', '...', '===', '!==', '<<=', '&&=', '||=', '??=', '**', '=>', '?.', '==', '!=', '<=', '++', '--'];
SIGNS.push('&&', '||', '??', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<');

const WORD = /[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /(?:0[xXbBoO][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)n?/y;
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;

/** After these words an expression begins, so that a slash opens a regular expression. */
const BEFORE_EXPRESSION = new Set(
  'return typeof case in of yield delete void throw new else do await instanceof default extends'.split(' '),
);
const CONDITION_WORDS = new Set(['if', 'while', 'for', 'with']);

/** Reads one file. Throws a SyntaxError that names file and line where a string or comment does not end. */
export function readSource(path: string, text: string): Source {
  const scanner = new Scanner(path, text);
  scanner.scan();
  const lineCount = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
  return { path, text, tokens: scanner.tokens, comments: scanner.comments, lineCount };
}

class Scanner {
  readonly tokens: Token[] = [];
  readonly comments: Comment[] = [];
  readonly #path: string;
  readonly #text: string;
  #at = 0;
  #line = 1;
  /** For each open brace, whether it is the `${` of a template. */
  readonly #braces: boolean[] = [];
  /** For each open parenthesis, whether it holds the condition of a statement; and the same of the one just closed. */
  readonly #conditions: boolean[] = [];
  #closedCondition = false;

  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  scan(): void {
    if (this.#text.startsWith('#!')) this.#skipTo(this.#text.indexOf('\n'));
    while (this.#at < this.#text.length) this.#step();
  }

  #step(): void {
    const here = this.#text[this.#at] as string;
    const pair = this.#text.slice(this.#at, this.#at + 2);
    if (/\s/.test(here)) this.#skipTo(this.#at + 1);
    else if (pair === '//') this.#comment(this.#text.indexOf('\n', this.#at), 0);
    else if (pair === '/*') this.#comment(this.#text.indexOf('*/', this.#at + 2), 2);
    else if (here === '"' || here === "'") this.#string(here);
    else if (here === '`') this.#template();
    else if (here === '}' && this.#braces.at(-1) === true) this.#resumeTemplate();
    else if (/^\.?\d/.test(pair)) this.#match(NUMBER, 'number');
    else if (!this.#regex(here) && !this.#match(WORD, 'word')) this.#sign();
  }

  #comment(end: number, closingLength: number): void {
    if (end === -1 && closingLength > 0) this.#fail('a comment that does not end');
    const firstLine = this.#line;
    const text = this.#skipTo(end === -1 ? this.#text.length : end + closingLength);
    this.comments.push({ text, firstLine, lastLine: this.#line });
  }

  #string(quote: string): void {
    let end = this.#at + 1;
    while (end < this.#text.length && this.#text[end] !== quote) end += this.#text[end] === '\\' ? 2 : 1;
    const line = this.#line;
    const text = this.#skipTo(end + 1).slice(1, -1);
    if (end >= this.#text.length || /(?<!\\)\n/.test(text)) this.#fail('a string that does not end');
    this.tokens.push({ kind: 'string', text, line });
  }

  #template(): void {
    let end = this.#at + 1;
    while (end < this.#text.length && this.#text[end] !== '`' && !this.#text.startsWith('${', end)) {
      end += this.#text[end] === '\\' ? 2 : 1;
    }
    if (end >= this.#text.length) this.#fail('a template that does not end');
    const opens = this.#text[end] === '$';
    const line = this.#line;
    this.tokens.push({ kind: 'template', text: this.#skipTo(end + (opens ? 2 : 1)), line });
    if (!opens) return;
    this.#braces.push(true);
    this.tokens.push({ kind: 'sign', text: '${', line: this.#line });
  }

  #resumeTemplate(): void {
    this.#braces.pop();
    this.tokens.push({ kind: 'sign', text: '}', line: this.#line });
    this.#template();
  }

  #sign(): void {
    const text = SIGNS.find((sign) => this.#text.startsWith(sign, this.#at)) ?? (this.#text[this.#at] as string);
    if (text === '{') this.#braces.push(false);
    if (text === '}') this.#braces.pop();
    if (text === '(') this.#conditions.push(CONDITION_WORDS.has(this.tokens.at(-1)?.text ?? ''));
    if (text === ')') this.#closedCondition = this.#conditions.pop() ?? false;
    this.tokens.push({ kind: 'sign', text, line: this.#line });
    this.#skipTo(this.#at + text.length);
  }

  #regex(here: string): boolean {
    return here === '/' && this.#expressionBegins() && this.#match(REGEX, 'regex');
  }

  /** Whether a slash here would open a regular expression; where it would not, it divides. */
  #expressionBegins(): boolean {
    const last = this.tokens.at(-1);
    if (last === undefined) return true;
    if (last.kind === 'word') return BEFORE_EXPRESSION.has(last.text);
    if (last.kind !== 'sign') return false;
    if (last.text === ')') return this.#closedCondition;
    // `a! / b`: a non-null mark stands directly behind a value.
    if (last.text === '!') return !/[\p{ID_Continue}$)\]]!\s*$/u.test(this.#text.slice(0, this.#at));
    return ![']', '}', '++', '--'].includes(last.text) || (last.text === '}' && this.#startsStatement());
  }

  /** A regular expression after a closing brace is one only at the start of a line that does not divide. */
  #startsStatement(): boolean {
    const lineStart = this.#text.lastIndexOf('\n', this.#at) + 1;
    return /^\s*$/.test(this.#text.slice(lineStart, this.#at));
  }

  #match(pattern: RegExp, kind: Token['kind']): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null || found[0] === '') return false;
    this.tokens.push({ kind, text: found[0], line: this.#line });
    this.#skipTo(this.#at + found[0].length);
    return true;
  }

  #skipTo(end: number): string {
    const passed = this.#text.slice(this.#at, end === -1 ? undefined : end);
    this.#at += passed.length;
    for (const letter of passed) if (letter === '\n') this.#line += 1;
    return passed;
  }

  #fail(what: string): never {
    throw new SyntaxError(`${this.#path}:${this.#line} holds ${what}`);
  }
}
