import type { WorkdayTexts } from '../../../texts/en/workday.js';
import { loadTexts } from '../../texts.js';

export const texts = await loadTexts(
  import.meta.glob<WorkdayTexts>('../../../texts/*/workday.ts', { import: 'workdayTexts' }),
);
