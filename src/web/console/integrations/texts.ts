import type { IntegrationTexts } from '../../texts/en/integrations.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(
  import.meta.glob<IntegrationTexts>('../../texts/*/integrations.ts', { import: 'integrationTexts' }),
);
