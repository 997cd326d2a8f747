/** "Did you mean …?" for names that somebody mistyped. */

/** ` Did you mean "…"?`, or nothing when no known name is near. */
export function didYouMean(given: string, known: readonly string[]): string {
  const nearest = nearestName(given, known);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

/**
 * The known name that begins with the given one; or whose words begin with its words (`auto-retry` for
 * `automatic-retry-fixed`); or that is fewest edits away, up to two in five letters.
 */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  const begun = known.find((name) => wanted.length >= 3 && name.toLowerCase().startsWith(wanted));
  if (begun !== undefined) return begun;
  const worded = known.find((name) => wanted.length >= 3 && wordsBegin(wanted, name.toLowerCase()));
  if (worded !== undefined) return worded;
  const ranked = known.map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) }));
  ranked.sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, best.name.length * 0.4) ? best.name : undefined;
}

function wordsBegin(given: string, name: string): boolean {
  const words = name.split('-');
  return given.split('-').every((part) => part !== '' && words.some((word) => word.startsWith(part)));
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const above = rows[i - 1]!;
      const substituted = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(above[j]! + 1, row[j - 1]! + 1, substituted);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
