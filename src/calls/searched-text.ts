/** Text as notes are searched by: without case and accents. */
export function searchedText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
