import { supportedLanguageOf, type Language } from '../../lib/language.js';
import type { LanguageTexts } from './en/index.js';
import type { PageTexts } from './en/pages.js';
import * as languages from './languages.js';

export type { PageTexts };

const textsOf: Readonly<Record<Language, LanguageTexts>> = languages;

/** The texts of the pages in the first language that the gateway supports; English otherwise. */
export function textsFor(preferred: readonly string[]): PageTexts {
  return textsOf[supportedLanguageOf(preferred)].pages;
}

/** A word of the timeline's data in the reader's language; one that we have no word for stays as it is. */
export function translate(word: string, { words }: PageTexts): string {
  return Object.hasOwn(words, word) ? words[word as keyof PageTexts['words']] : word;
}
