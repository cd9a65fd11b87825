import type { DiallingTexts } from '../../texts/en/dialling.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<DiallingTexts>('../../texts/*/dialling.ts', { import: 'diallingTexts' }),
);
