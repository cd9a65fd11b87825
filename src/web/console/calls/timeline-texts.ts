import type { TimelineTexts } from '../../texts/en/timeline.js';
import { loadTexts } from '../texts.js';
import { translateWord } from './words.js';

export const timelineTexts = await loadTexts(
  import.meta.glob<TimelineTexts>('../../texts/*/timeline.ts', { import: 'timelineTexts' }),
);

/** Translates a word of the timeline's data. A word without a translation stays as it is. */
export const translate = (word: string): string => translateWord(word, timelineTexts);
