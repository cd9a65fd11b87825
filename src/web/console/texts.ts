import { supportedLanguageOf, type Language } from '../../lib/language.js';

/** The language that the server has chosen for the page. */
export const pageLanguage: Language = supportedLanguageOf([document.documentElement.lang]);

/**
 * Loads one catalogue of texts, only in the language of the page.
 *
 * @param catalogues the file of every language, from `import.meta.glob`
 */
export async function loadTexts<T>(catalogues: Record<string, () => Promise<T>>): Promise<T> {
  const [, load] = Object.entries(catalogues).find(([file]) => file.includes(`/${pageLanguage}/`)) ?? [];
  if (load === undefined) throw new Error(`a catalogue of texts is missing in ${pageLanguage}`);
  return load();
}
