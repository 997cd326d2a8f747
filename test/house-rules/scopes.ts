/**
 * Knows, token by token, whether the code stands inside a function. Without a syntax tree every opening brace has to be
 * judged by what stands before it: the body of a function, of a class, or plain (a block, an object, a type).
 */
import type { Token } from './tokens.ts';

interface Frame {
  readonly opener: '{' | '(' | '[' | '=>';
  readonly kind: 'function' | 'class' | 'plain' | 'condition';
  /** `class` was read and its body is still to come. */
  classAhead: boolean;
  /** A parameter list was closed and its return type is being read: the next free brace is the body. */
  bodyAhead: boolean;
  /** In a class body, behind `=`: the value of a field, made for each instance. */
  inField: boolean;
  openAngles: number;
}

const CLOSERS: Record<string, Frame['opener']> = { '}': '{', ')': '(', ']': '[' };
const CONDITION_WORDS = ['if', 'for', 'while', 'switch', 'catch', 'with', 'await'];
/** After these a brace opens an object or a type, never a body. */
const BEFORE_LITERAL = [
  '=',
  ',',
  ':',
  '(',
  '[',
  '<',
  '|',
  '&',
  '?',
  '??',
  '||',
  '&&',
  '...',
  'return',
  'extends',
  'else',
];

export class Scopes {
  readonly #tokens: readonly Token[];
  readonly #frames: Frame[] = [];
  #closed: Frame | undefined = undefined;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    this.#push('{', 'plain');
  }

  get insideFunction(): boolean {
    return this.#frames.some(({ kind }) => kind === 'function');
  }

  /** In the value of an instance's field. A static one is made once. */
  get insideField(): boolean {
    return this.#frames.some(({ inField }) => inField);
  }

  /** Directly inside braces, where methods are written. */
  get insideBraces(): boolean {
    return this.#top.opener === '{';
  }

  /** Takes the next token in. */
  pass(index: number): void {
    const { kind, text } = this.#tokens[index] as Token;
    if (kind === 'word') this.#word(index, text);
    if (kind !== 'sign') return;
    if (text === '{' || text === '${') this.#push('{', text === '${' ? 'plain' : this.#judgeBrace(index));
    else if (text === '(') this.#push('(', this.#isCondition(index) ? 'condition' : 'plain');
    else if (text === '[') this.#push('[', 'plain');
    else if (text in CLOSERS) this.#close(index, CLOSERS[text] as Frame['opener']);
    else if (text === '=>') this.#arrow(index);
    else if (text === ',' || text === ';' || text === '=') this.#endOfExpression(index, text);
    else if (text === '<') this.#top.openAngles += 1;
    else if (text === '>') this.#closeAngle();
  }

  get #top(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  #push(opener: Frame['opener'], kind: Frame['kind']): void {
    this.#frames.push({ opener, kind, classAhead: false, bodyAhead: false, inField: false, openAngles: 0 });
  }

  #word(index: number, text: string): void {
    const before = this.#tokens[index - 1]?.text;
    const after = this.#tokens[index + 1];
    if (text !== 'class' || before === '.' || before === '?.') return;
    if (after?.kind === 'word' || after?.text === '{') this.#top.classAhead = true;
  }

  #judgeBrace(index: number): Frame['kind'] {
    const before = this.#tokens[index - 1];
    const frame = this.#top;
    if (before?.text === '=>') return 'function';
    if (before === undefined || (before.kind !== 'string' && BEFORE_LITERAL.includes(before.text))) return 'plain';
    if (frame.classAhead) {
      frame.classAhead = false;
      return 'class';
    }
    if (before.text === ')') return this.#closed?.kind === 'condition' ? 'plain' : 'function';
    if (!frame.bodyAhead) return 'plain';
    frame.bodyAhead = false;
    return 'function';
  }

  #isCondition(index: number): boolean {
    const before = this.#tokens[index - 1];
    return before?.kind === 'word' && CONDITION_WORDS.includes(before.text) && this.#tokens[index - 2]?.text !== '.';
  }

  #close(index: number, opener: Frame['opener']): void {
    this.#popArrows();
    if (this.#frames.length > 1 && this.#top.opener === opener) this.#closed = this.#frames.pop();
    const after = this.#tokens[index + 1]?.text;
    if (opener === '(' && after === ':' && this.#closed?.kind !== 'condition') this.#top.bodyAhead = true;
    // A class member ends with its body.
    if (opener === '{' && this.#closed?.kind === 'function' && !this.#top.inField) this.#top.bodyAhead = false;
  }

  #arrow(index: number): void {
    this.#top.bodyAhead = false;
    // An arrow with an expression for a body opens a scope that no bracket closes.
    if (this.#tokens[index + 1]?.text !== '{') this.#push('=>', 'function');
  }

  #endOfExpression(index: number, text: string): void {
    this.#popArrows();
    const frame = this.#top;
    frame.bodyAhead = false;
    if (text === ';') Object.assign(frame, { inField: false, openAngles: 0 });
    if (text === '=' && frame.kind === 'class') frame.inField = !this.#isStaticField(index);
  }

  /** Looks back to the start of the member for `static`. */
  #isStaticField(index: number): boolean {
    for (let at = index - 1; at >= 0; at -= 1) {
      const { text } = this.#tokens[at] as Token;
      if (text === ';' || text === '{' || text === '}') return false;
      if (text === 'static') return true;
    }
    return false;
  }

  /** Type arguments may end in an arrow type: `<T extends () => void>`. */
  #closeAngle(): void {
    if (this.#top.openAngles === 0 && this.#top.opener === '=>') this.#popArrows();
    if (this.#top.openAngles > 0) this.#top.openAngles -= 1;
  }

  #popArrows(): void {
    while (this.#top.opener === '=>') this.#frames.pop();
  }
}
