import type { CustomerTexts } from '../../texts/en/customer.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<CustomerTexts>('../../texts/*/customer.ts', { import: 'customerTexts' }),
);
