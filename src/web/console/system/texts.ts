import type { SystemTexts } from '../../texts/en/system.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<SystemTexts>('../../texts/*/system.ts', { import: 'systemTexts' }),
);
