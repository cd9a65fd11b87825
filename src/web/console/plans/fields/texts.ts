import type { PlanFormTexts } from '../../../texts/en/plan-forms.js';
import { loadTexts } from '../../texts.js';

/** Words of forms, which the outline does not need. */
export const formTexts = await loadTexts(
  import.meta.glob<PlanFormTexts>('../../../texts/*/plan-forms.ts', { import: 'planFormTexts' }),
);
