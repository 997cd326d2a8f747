/** Reads the import and export statements of a file from its tokens, and resolves where they lead. */
import { posix } from 'node:path';
import type { Source, Token } from './tokens.ts';

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** `import type` or `export type`: gone when the program runs. */
  readonly typeOnly: boolean;
  /** What it brings in is handed on: `export … from`, or imported and exported again by name. */
  readonly reExported: boolean;
  /** `import()`. */
  readonly dynamic: boolean;
}

interface Clause {
  readonly names: readonly string[];
  readonly specifier: string | undefined;
  readonly typeOnly: boolean;
}

/** Every import of the file, in order. */
export function importsOf({ tokens }: Source): Import[] {
  const found: (Import & { names: readonly string[] })[] = [];
  const exported = new Set<string>();
  tokens.forEach((token, index) => {
    if (token.kind !== 'word' || isMember(tokens, index)) return;
    const next = tokens[index + 1];
    if (token.text === 'import' && next?.text === '(') {
      const specifier = tokens[index + 2]?.kind === 'string' ? (tokens[index + 2] as Token).text : '';
      found.push({ specifier, line: token.line, typeOnly: false, reExported: false, dynamic: true, names: [] });
    } else if (token.text === 'import' || (token.text === 'export' && /^[*{]$|^type$/.test(next?.text ?? ''))) {
      const { specifier, typeOnly, names } = readClause(tokens, index);
      const reExported = token.text === 'export';
      if (specifier !== undefined)
        found.push({ specifier, line: token.line, typeOnly, reExported, dynamic: false, names });
      else if (reExported) names.forEach((name) => exported.add(name));
    }
  });
  return found.map(({ names, ...entry }) => ({
    ...entry,
    reExported: entry.reExported || names.some((name) => exported.has(name)),
  }));
}

/** Where a relative import leads, as a path from the root; undefined for a package. */
export function resolveImport(fromPath: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.normalize(posix.join(posix.dirname(fromPath), specifier));
}

/** `@noble/hashes/sha2.js` belongs to `@noble/hashes`, `node:timers/promises` to `node:timers`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] as string);
}

/** Reads on to the specifier, or to the end of a clause without one (`export { a }`, `export type A = …`). */
function readClause(tokens: readonly Token[], start: number): Clause {
  const second = tokens[start + 2]?.text;
  const typeOnly = tokens[start + 1]?.text === 'type' && second !== 'from' && second !== ',';
  const names: string[] = [];
  const importing = tokens[start]?.text === 'import';
  for (let index = start + (typeOnly ? 2 : 1); index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    if (token.kind === 'string') return { specifier: token.text, typeOnly, names };
    if (token.kind === 'sign' && !['{', '}', ',', '*'].includes(token.text)) break;
    const after = tokens[index + 1]?.text;
    if (token.text === '}' && after !== 'from' && after !== ',') break;
    // The local name is the last of `a as b` when importing and the first when exporting.
    const isLocal = importing ? after !== 'as' : tokens[index - 1]?.text !== 'as';
    if (token.kind === 'word' && isLocal && !['as', 'from', 'type'].includes(token.text)) names.push(token.text);
  }
  return { specifier: undefined, typeOnly, names };
}

function isMember(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.text;
  return before === '.' || before === '?.' || tokens[index + 1]?.text === ':';
}
