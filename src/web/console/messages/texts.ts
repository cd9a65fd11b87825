import type { MessageTexts } from '../../texts/en/messages.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<MessageTexts>('../../texts/*/messages.ts', { import: 'messageTexts' }),
);
