/** Digits of a number that are indexed: its last ones, which all its notations share. */
const LENGTH = 9;
/** Fewer digits are not indexed: times, ports and counts would be most of the index. */
const SHORTEST = 6;
/** Digits with up to two separators between them, as in the patterns of {@link Person}. */
const DIGITS = /\d(?:[ ().\-/\u00a0]{0,2}\d)*/g;
/** Instants in milliseconds (2017 to 2033), which occur in every call, are not indexed. */
const INSTANT = /^1[5-9]\d{11}$/;
const ENDS_WITH_INSTANT = /1[5-9]\d{11}$/;

/**
 * The digits under which the texts are indexed. For every run of digits its last ones, together with those before a separator, in
 * reverse order: a shorter number is then a prefix.
 */
export function indexedDigits(texts: Iterable<string>): Set<string> {
  const found = new Set<string>();
  for (const text of texts)
    for (const [written] of text.matchAll(DIGITS)) {
      let before = '';
      for (const run of written.match(/\d+/g) ?? []) {
        before = (before + run).slice(-LENGTH);
        if (before.length >= SHORTEST && !INSTANT.test(run)) found.add(reverse(before));
      }
    }
  return found;
}

/**
 * The prefix of the indexed digits of every text that holds the number.
 * @param digits the digits that all notations share
 * @param notations all digits of the notations that have more
 * @returns undefined when texts with this number may be missing in the index
 */
export function indexPrefix(digits: string, notations: readonly string[]): string | undefined {
  if (digits.length < SHORTEST) return undefined;
  if ([digits, ...notations].some((each) => ENDS_WITH_INSTANT.test(each))) return undefined;
  return reverse(digits.slice(-LENGTH));
}

function reverse(digits: string): string {
  return Array.from(digits).reverse().join('');
}
