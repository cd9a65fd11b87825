import type { LineTexts } from '../../texts/en/lines.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(import.meta.glob<LineTexts>('../../texts/*/lines.ts', { import: 'lineTexts' }));
