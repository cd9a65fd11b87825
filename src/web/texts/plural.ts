import type { Language } from '../../lib/language.js';

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** The form of a phrase for a number, by the plural rules of the language. `#` is replaced by the number. */
export function plural(language: Language, forms: Forms): (n: number) => string {
  const rules = new Intl.PluralRules(language);
  const format = new Intl.NumberFormat(language);
  return (n) => (forms[rules.select(n)] ?? forms.other).replace('#', format.format(n));
}
