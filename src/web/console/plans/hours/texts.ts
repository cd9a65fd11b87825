import type { HoursTexts } from '../../../texts/en/hours.js';
import { loadTexts } from '../../texts.js';

export const texts = await loadTexts(
  import.meta.glob<HoursTexts>('../../../texts/*/hours.ts', { import: 'hoursTexts' }),
);
