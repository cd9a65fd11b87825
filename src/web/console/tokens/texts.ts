import type { TokenTexts } from '../../texts/en/tokens.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(import.meta.glob<TokenTexts>('../../texts/*/tokens.ts', { import: 'tokenTexts' }));
