import type { TrunkProblemTexts } from '../../../directory/texts/en/trunk-problems.js';
import type { TrunkStateTexts } from '../../texts/en/trunk-states.js';
import { loadTexts } from '../texts.js';

export const stateTexts = await loadTexts(
  import.meta.glob<TrunkStateTexts>('../../texts/*/trunk-states.ts', { import: 'trunkStateTexts' }),
);

export const problemTexts = await loadTexts(
  import.meta.glob<TrunkProblemTexts>('../../../directory/texts/*/trunk-problems.ts', { import: 'trunkProblemTexts' }),
);
