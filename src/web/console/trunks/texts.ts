import type { TrunkTexts } from '../../texts/en/trunks.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(import.meta.glob<TrunkTexts>('../../texts/*/trunks.ts', { import: 'trunkTexts' }));
