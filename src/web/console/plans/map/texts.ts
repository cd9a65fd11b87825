import type { PlanMapTexts } from '../../../texts/en/plan-map.js';
import { loadTexts } from '../../texts.js';

export const texts = await loadTexts(
  import.meta.glob<PlanMapTexts>('../../../texts/*/plan-map.ts', { import: 'planMapTexts' }),
);
