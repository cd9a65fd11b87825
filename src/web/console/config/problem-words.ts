import type { ProblemTexts } from '../../texts/en/problems.js';
import { loadTexts } from '../texts.js';

/** The words of all problems: loaded with the first problem, because they are larger than most pages. */
export const words = await loadTexts(
  import.meta.glob<ProblemTexts>('../../texts/*/problems.ts', { import: 'problemTexts' }),
);
