/** What every house rule reports: where, which rule, and what to do instead. */

export interface Offence {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  /** "X is banned: use Y". */
  readonly message: string;
}

/** One line, in the form that editors and terminals turn into a link. */
export function describeOffence({ path, line, rule, message }: Offence): string {
  return `${path}:${line} [${rule}] ${message}`;
}
