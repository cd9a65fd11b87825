import { czech } from './cs.js';
import { english, type Texts } from './en.js';
import { russian } from './ru.js';

export type { Texts };

/** The languages of the pages, as they call themselves. */
export const pageLanguages: Record<string, { name: string; texts: Texts }> = {
  cs: { name: 'Čeština', texts: czech },
  ru: { name: 'Русский', texts: russian },
  en: { name: 'English', texts: english },
};

/** The texts in the first language that the pages know; English otherwise. */
export function textsFor(languages: string[]): Texts {
  return languages.map((language) => pageLanguages[language]).find((known) => known !== undefined)?.texts ?? english;
}

/** A word of the timeline's data in the reader's language; one that we have no word for stays as it is. */
export function translate(word: string, { words }: Texts): string {
  return Object.hasOwn(words, word) ? words[word as keyof Texts['words']] : word;
}
