/**
 * The languages of the pages and of everything that the gateway says by itself, in the order in which they are offered.
 * CONTRIBUTING.md says what belongs to a language.
 */
export const supportedLanguages = ['cs', 'ru', 'en'] as const;

export type Language = (typeof supportedLanguages)[number];

/** What is used where none of the preferred languages is supported. */
const FALLBACK: Language = 'en';

export function isSupportedLanguage(language: string): language is Language {
  return (supportedLanguages as readonly string[]).includes(language);
}

/** The first of the preferred languages that is supported; English when none is. */
export function supportedLanguageOf(preferred: readonly string[]): Language {
  return preferred.find(isSupportedLanguage) ?? FALLBACK;
}
