import type { CallToolTexts } from '../../texts/en/call-tools.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<CallToolTexts>('../../texts/*/call-tools.ts', { import: 'callToolTexts' }),
);
