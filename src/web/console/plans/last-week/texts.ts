import type { PastCallTexts } from '../../../texts/en/past-calls.js';
import { loadTexts } from '../../texts.js';

export const texts = await loadTexts(
  import.meta.glob<PastCallTexts>('../../../texts/*/past-calls.ts', { import: 'pastCallTexts' }),
);
