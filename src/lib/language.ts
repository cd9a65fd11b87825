/**
 * Languages of the pages and of the built-in speech, in the order of selection lists. CONTRIBUTING.md describes how to add one.
 */
export const supportedLanguages = ['cs', 'ru', 'en'] as const;

export type Language = (typeof supportedLanguages)[number];

/** Used when no preferred language is supported. */
const FALLBACK: Language = 'en';

export function isSupportedLanguage(language: string): language is Language {
  return (supportedLanguages as readonly string[]).includes(language);
}

/** The first of the preferred languages that is supported; English when none is. */
export function supportedLanguageOf(preferred: readonly string[]): Language {
  return preferred.find(isSupportedLanguage) ?? FALLBACK;
}
