import type { ConsoleTexts } from '../../texts/en/console.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<ConsoleTexts>('../../texts/*/console.ts', { import: 'consoleTexts' }),
);
