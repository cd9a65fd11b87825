import type { ConfigTexts } from '../../texts/en/config.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<ConfigTexts>('../../texts/*/config.ts', { import: 'configTexts' }),
);
