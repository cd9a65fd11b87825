import type { TimelineTexts } from '../../texts/en/timeline.js';

/** Translates a word of the timeline's data. A word without a translation stays as it is. */
export function translateWord(word: string, { words }: TimelineTexts): string {
  return Object.hasOwn(words, word) ? words[word as keyof TimelineTexts['words']] : word;
}
