import type { HandsetTexts } from '../../texts/en/handsets.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<HandsetTexts>('../../texts/*/handsets.ts', { import: 'handsetTexts' }),
);
