import type { PhoneTexts } from '../../texts/en/phone.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(import.meta.glob<PhoneTexts>('../../texts/*/phone.ts', { import: 'phoneTexts' }));
