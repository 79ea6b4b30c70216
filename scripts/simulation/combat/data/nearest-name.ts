/** Letters that may be wrong, missing, too many or changed about. */
const MOST_MISTAKES = 2;

/** The one of some names that was probably meant by a misspelt one; nothing if none is near enough. */
export function nearestName(misspelt: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = MOST_MISTAKES + 1;
  for (const name of names) {
    const mistakes = mistakesBetween(misspelt.toLowerCase(), name.toLowerCase());
    // In a short name two mistakes are another name.
    if (mistakes >= least || mistakes * 3 > name.length) continue;
    nearest = name;
    least = mistakes;
  }
  return nearest;
}

/** Edits from one text to the other, two neighbours changed about counted as one (Damerau 1964, restricted). */
function mistakesBetween(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      let edits = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      row.push(edits);
    }
    before = last;
    last = row;
  }
  return last[to.length] ?? 0;
}
