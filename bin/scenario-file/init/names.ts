/** Finds short ways to name many hosts: `api-{nn}` for a group, `eu-*-role-*` for those that an action means. */
import { hostsNamed } from '../cast/placed-hosts.ts';

/** `api-{nn}` for padded numbers of two digits, whatever the number: api-01 and api-16 are of one group. */
export function patternsOf(name: string): readonly string[] {
  const [, base, digits] = /^(.*-)(\d+)$/.exec(name) ?? [];
  if (base === undefined || digits === undefined) return [];
  return [`${base}{n}`, `${base}{${'n'.repeat(digits.length)}}`];
}

/**
 * A text that means exactly these hosts: a pool, one with stars, or the list itself.
 * @param all names of all hosts, in order
 */
export function hostsText(hosts: readonly string[], all: readonly string[]): string | readonly string[] {
  if (hosts.length === 1) return hosts[0]!;
  const [first = ''] = hosts;
  const runs = [...first.matchAll(/\d+/g)];
  // From few stars to many: each choice of numbers that may vary.
  for (let choice = 1; choice < 1 << runs.length; choice++) {
    const pattern = first.replace(/\d+/g, (digits, at: number) => {
      const index = runs.findIndex((run) => run.index === at);
      return (choice >> index) & 1 ? '*' : digits;
    });
    const meant = hostsNamed(pattern, all);
    if (meant.length === hosts.length && meant.every((name, index) => name === hosts[index])) return pattern;
  }
  return hosts;
}
