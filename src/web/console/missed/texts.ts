import type { MissedTexts } from '../../texts/en/missed.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<MissedTexts>('../../texts/*/missed.ts', { import: 'missedTexts' }),
);
