import type { WallTexts } from '../../texts/en/wall.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(import.meta.glob<WallTexts>('../../texts/*/wall.ts', { import: 'wallTexts' }));
