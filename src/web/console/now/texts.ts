import type { NowTexts } from '../../texts/en/now.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(import.meta.glob<NowTexts>('../../texts/*/now.ts', { import: 'nowTexts' }));
