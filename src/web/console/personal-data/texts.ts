import type { PersonalDataTexts } from '../../texts/en/personal-data.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<PersonalDataTexts>('../../texts/*/personal-data.ts', { import: 'personalDataTexts' }),
);
