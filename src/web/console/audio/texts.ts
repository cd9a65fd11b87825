import type { PromptTexts } from '../../texts/en/prompts.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<PromptTexts>('../../texts/*/prompts.ts', { import: 'promptTexts' }),
);
