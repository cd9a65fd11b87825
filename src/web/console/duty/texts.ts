import type { DutyTexts } from '../../texts/en/duty.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(import.meta.glob<DutyTexts>('../../texts/*/duty.ts', { import: 'dutyTexts' }));
