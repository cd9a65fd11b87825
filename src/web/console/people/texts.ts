import type { PeopleTexts } from '../../texts/en/people.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<PeopleTexts>('../../texts/*/people.ts', { import: 'peopleTexts' }),
);
