import type { AccountTexts } from '../../texts/en/account.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<AccountTexts>('../../texts/*/account.ts', { import: 'accountTexts' }),
);
