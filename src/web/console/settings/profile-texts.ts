import type { ProfileTexts } from '../../texts/en/profiles.js';
import { loadTexts } from '../texts.js';

export const profileTexts = await loadTexts(
  import.meta.glob<ProfileTexts>('../../texts/*/profiles.ts', { import: 'profileTexts' }),
);
