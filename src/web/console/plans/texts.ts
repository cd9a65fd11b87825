import type { PlanTexts } from '../../texts/en/plans.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(import.meta.glob<PlanTexts>('../../texts/*/plans.ts', { import: 'planTexts' }));
