/** The text of a scenario file with the place of everything in it, so that an error can point at its line and column. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLParseError,
} from 'yaml';

export type Path = readonly (string | number)[];

/** One thing that is wrong with a file. Lines and columns count from 1. */
export interface Complaint {
  readonly line: number;
  readonly column: number;
  /** `hosts.api.count`; empty for the file as a whole. */
  readonly field: string;
  readonly message: string;
}

export class Source {
  readonly #lines = new LineCounter();
  readonly #document: Document;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
  }

  /** What keeps it from being YAML at all. */
  get syntaxComplaints(): readonly Complaint[] {
    const { errors } = this.#document;
    // What follows the first slip is mostly its echo; a key twice is a slip of its own.
    const first = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
    const told = errors.filter((error) => error === first || error.code === 'DUPLICATE_KEY');
    return told.map((error) => this.#at(error.pos[0], '', syntaxMessage(error, this.#text.slice(error.pos[0]))));
  }

  /** The content as plain values; aliases are resolved. */
  content(): unknown {
    return this.#document.toJS();
  }

  /**
   * @param path of the value that is wrong, or of the object that lacks it
   * @param onKey whether the key is wrong rather than its value
   */
  complaint(path: Path, message: string, onKey = false): Complaint {
    return this.#at(this.#offset(path, onKey), fieldText(path), message);
  }

  #at(offset: number, field: string, message: string): Complaint {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), field, message };
  }

  /** Where the value stands; where it is missing, the key of the nearest thing around it that is there. */
  #offset(path: Path, onKey: boolean): number {
    let node: unknown = this.#document.contents;
    let offset = startOf(node) ?? 0;
    for (const [index, step] of path.entries()) {
      const holder: unknown = isAlias(node) ? node.resolve(this.#document) : node;
      const last = index === path.length - 1;
      if (isMap(holder)) {
        const pair = holder.items.find((item: Pair) => keyOf(item) === String(step));
        if (pair === undefined) return offset;
        offset = startOf(pair.key) ?? offset;
        if (last && onKey) return offset;
        node = pair.value;
        if (last) return startOf(node) ?? offset;
      } else if (isSeq(holder)) {
        node = holder.items[Number(step)];
        offset = startOf(node) ?? offset;
      } else return offset;
    }
    return offset;
  }
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function fieldText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** @param rest the text from the error on */
function syntaxMessage({ code, message }: YAMLParseError, rest: string): string {
  if (code === 'DUPLICATE_KEY') {
    const key = /^[^:\n]*/.exec(rest)![0];
    return `${key} stands here a second time: each key may stand once.`;
  }
  if (message.startsWith('Block scalar header')) {
    return 'a value that begins with > is a block of text in YAML: put it in quotes (">= 0.99"), or write at least 0.99.';
  }
  if (code === 'TAB_AS_INDENT') return 'a tab indents this line: YAML wants spaces.';
  return `this is not YAML: ${message.replace(/\s*\n[\s\S]*$/, '').replace(/\.?$/, '')}.`;
}
