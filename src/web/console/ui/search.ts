/** Without accents and capitals, so that `fronty` finds `Fronty` and `hlasky` finds `Hlášky`. */
export function plainText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
