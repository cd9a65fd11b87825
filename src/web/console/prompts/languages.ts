import { session } from '../session.js';
import { pageLanguage } from '../texts.js';

const names = new Intl.DisplayNames([pageLanguage], { type: 'language' });

/** The languages that callers of the company hear. */
export const companyLanguages: readonly string[] = session.languages;

/** Name of a language in that of the page: `cs` is `Czech` in English. */
export function languageName(language: string): string {
  return names.of(language) ?? language;
}
