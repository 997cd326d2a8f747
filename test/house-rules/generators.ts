/**
 * A generator function made anew for each call costs 25 to 40 times one that is made once: every closure brings its own
 * prototype and hidden class. So in model rooms `function*` stands at the top of a file or is a method of a class; a
 * factory that runs only at set-up says so in a comment above: `// made once: by whom`.
 */
import { Scopes } from './scopes.ts';
import type { Offence } from './offence.ts';
import type { Comment, Source, Token } from './tokens.ts';

const RULE = 'generator-per-call';
const MARKER = /^[\s/*]*made once:\s*\S+/m;
const BEFORE_METHOD = ['{', ',', ';', '}', 'static', 'public', 'private', 'protected', 'override', 'async'];

/** Finds generator functions that are made inside a function, and markers that excuse nothing. */
export function findGeneratorsPerCall({ path, tokens, comments }: Source): Offence[] {
  const scopes = new Scopes(tokens);
  const excused = new Set<Comment>();
  const offences: Offence[] = [];
  tokens.forEach((token, index) => {
    if (makesGenerator(tokens, index, scopes) && (scopes.insideFunction || scopes.insideField)) {
      const marker = markerAbove(token.line, comments);
      if (marker !== undefined) excused.add(marker);
      else offences.push({ path, line: token.line, rule: RULE, message: describe(token, scopes) });
    }
    scopes.pass(index);
  });
  const stale = comments.filter((comment) => MARKER.test(comment.text) && !excused.has(comment));
  return offences.concat(
    stale.map(({ firstLine }) => {
      const message = '`made once:` stands above no generator that needs it: remove the comment';
      return { path, line: firstLine, rule: RULE, message };
    }),
  );
}

function makesGenerator(tokens: readonly Token[], index: number, scopes: Scopes): boolean {
  const token = tokens[index] as Token;
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  if (token.kind === 'word' && token.text === 'function') return after?.text === '*' && before?.text !== '.';
  if (token.kind !== 'sign' || token.text !== '*' || !scopes.insideBraces) return false;
  const named = after?.kind === 'word' || after?.kind === 'string' || after?.text === '[';
  return named && before?.kind !== 'string' && BEFORE_METHOD.includes(before?.text ?? '');
}

function describe({ text }: Token, scopes: Scopes): string {
  const what = text === 'function' ? 'a generator function' : 'a generator method';
  const where = scopes.insideFunction
    ? 'inside a function is made anew for each call'
    : 'is made anew for each instance';
  return `${what} ${where}: hoist it or make it a method of a class; in a set-up factory say \`// made once: by whom\` above`;
}

/** The marker may be any line of the comment that ends directly above. */
function markerAbove(line: number, comments: readonly Comment[]): Comment | undefined {
  const above = comments.find(({ lastLine }) => lastLine === line - 1);
  if (above === undefined || MARKER.test(above.text)) return above;
  return markerAbove(above.firstLine, comments);
}
