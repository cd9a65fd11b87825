import type { CommandTexts } from '../../texts/en/commands.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<CommandTexts>('../../texts/*/commands.ts', { import: 'commandTexts' }),
);
