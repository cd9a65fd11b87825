import type { SettingTexts } from '../../texts/en/settings.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<SettingTexts>('../../texts/*/settings.ts', { import: 'settingTexts' }),
);
