import type { EmbeddedPhoneTexts } from '../../texts/en/embedded-phone.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<EmbeddedPhoneTexts>('../../texts/*/embedded-phone.ts', { import: 'embeddedPhoneTexts' }),
);
