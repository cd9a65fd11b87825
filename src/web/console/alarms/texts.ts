import type { AlarmPageTexts } from '../../texts/en/alarm-page.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<AlarmPageTexts>('../../texts/*/alarm-page.ts', { import: 'alarmPageTexts' }),
);
