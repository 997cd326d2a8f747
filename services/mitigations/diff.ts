/** How the change that a reader would make is written: lines of a diff. */
export function diff(...lines: readonly [string, ...string[]]): string {
  return lines.join('\n');
}
