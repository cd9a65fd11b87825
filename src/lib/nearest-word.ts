/** Suggestions are for typing errors; more edits make a different word. */
const MAX_EDITS = 4;
/** Longer words are not compared. */
const MAX_WORD_LENGTH = 100;
/** Only the beginning of longer lists is compared, to bound the cost. */
const MAX_CANDIDATES = 500;

/** The closest candidate for a mistyped word; undefined when none is close. */
export function nearestWord(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let limit = Math.min(MAX_EDITS, Math.max(1, Math.floor(word.length / 3)));
  let best: string | undefined;
  let compared = 0;
  for (const candidate of candidates) {
    if (++compared > MAX_CANDIDATES || limit < 0) break;
    const distance = editDistance(wanted, candidate.toLowerCase(), limit);
    if (distance > limit) continue;
    best = candidate;
    // The next match must be better.
    limit = distance - 1;
  }
  return best;
}

/** `did you mean "…"?`, or the list of candidates when it is short, or undefined. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const meant = nearestWord(word, candidates);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  const few: string[] = [];
  for (const candidate of candidates) if (few.push(candidate) > 15) return undefined;
  return few.length === 0 ? undefined : `known here: ${few.join(', ')}`;
}

/**
 * Damerau-Levenshtein distance (adjacent transpositions). Computes only cells within `limit` of the diagonal and stops after a
 * row without a distance within the limit: the result is `limit + 1` then.
 */
function editDistance(a: string, b: string, limit: number): number {
  const tooFar = limit + 1;
  if (Math.abs(a.length - b.length) > limit || a.length > MAX_WORD_LENGTH) return tooFar;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit);
    const to = Math.min(b.length, i + limit);
    const row: number[] = [];
    row[from - 1] = from === 1 ? i : tooFar;
    let least = row[from - 1] ?? tooFar;
    for (let j = from; j <= to; j++) {
      const replace = (last[j - 1] ?? tooFar) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (beforeLast[j - 2] ?? tooFar) + 1 : tooFar;
      const distance = Math.min((last[j] ?? tooFar) + 1, (row[j - 1] ?? tooFar) + 1, replace, swap);
      row[j] = distance;
      least = Math.min(least, distance);
    }
    if (least > limit) return tooFar;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? tooFar;
}
