/** The same text by itself: what was cut out of a longer text keeps all of that in memory for as long as it is kept. */
export function detachString(text: string): string {
  return Buffer.from(text).toString();
}
