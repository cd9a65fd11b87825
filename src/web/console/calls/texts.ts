import type { CallTexts } from '../../texts/en/calls.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(import.meta.glob<CallTexts>('../../texts/*/calls.ts', { import: 'callTexts' }));
