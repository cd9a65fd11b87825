import type { SentenceTexts } from '../../../texts/en/sentences.js';
import { loadTexts } from '../../texts.js';

export const texts = await loadTexts(
  import.meta.glob<SentenceTexts>('../../../texts/*/sentences.ts', { import: 'sentenceTexts' }),
);
