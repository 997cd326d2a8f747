/** Breaks text into lines of a width: at spaces, and inside a word only where the word alone is too long. Nothing is cut. */

/** How wide a terminal text is, in characters. */
export const TEXT_WIDTH = 100;

/** @param width 1 or more */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ').flatMap((long) => pieces(long, width))) {
      if (line === '') line = word;
      else if (line.length + 1 + word.length <= width) line += ` ${word}`;
      else {
        lines.push(line);
        line = word;
      }
    }
    lines.push(line);
  }
  return lines;
}

/** Wrapped, the first line behind `first`, the others as far in. */
export function hanging(first: string, text: string, width: number = TEXT_WIDTH): readonly string[] {
  const indent = ' '.repeat(first.length);
  return wrap(text, width - first.length).map((line, index) => (index === 0 ? first : indent) + line);
}

/** A word too long for a line is broken, behind a hyphen where it has one. */
function pieces(word: string, width: number): readonly string[] {
  const found: string[] = [];
  let rest = word;
  while (rest.length > width) {
    const hyphen = rest.lastIndexOf('-', width - 1);
    const end = hyphen > 0 ? hyphen + 1 : width;
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...found, rest];
}
