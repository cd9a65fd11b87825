import { groupDigits } from './format.js';
import { session } from './session.js';
import { pageLanguage } from './texts.js';

const languageNames = new Intl.DisplayNames([pageLanguage], { type: 'language' });

export function titleOfHandset(name: string): string {
  return session.handsets.find((handset) => handset.name === name)?.title ?? name;
}

export function queueName(id: number): string {
  return session.queues.find((queue) => queue.id === id)?.name ?? String(id);
}

/** The name of a line, or its number. */
export function lineName(number: string): string {
  return session.lines.find((line) => line.number === number)?.name || groupDigits(number);
}

/** Name of a language in that of the page: `cs` is `Czech` in English. */
export function languageName(language: string): string {
  return languageNames.of(language) ?? language;
}
