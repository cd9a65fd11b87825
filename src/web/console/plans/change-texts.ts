import type { PlanChangeTexts } from '../../texts/en/plan-changes.js';
import { loadTexts } from '../texts.js';

/** Words of unpublished changes, conflicts and the history. */
export const changeTexts = await loadTexts(
  import.meta.glob<PlanChangeTexts>('../../texts/*/plan-changes.ts', { import: 'planChangeTexts' }),
);
