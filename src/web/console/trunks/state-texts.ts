import type { TrunkStateTexts } from '../../texts/en/trunk-states.js';
import { loadTexts } from '../texts.js';

export const stateTexts = await loadTexts(
  import.meta.glob<TrunkStateTexts>('../../texts/*/trunk-states.ts', { import: 'trunkStateTexts' }),
);
