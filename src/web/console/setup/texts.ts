import type { SetupTexts } from '../../texts/en/setup.js';
import { loadTexts } from '../texts.js';
import type { PublishTexts } from './publish.js';

export const texts = await loadTexts(import.meta.glob<SetupTexts>('../../texts/*/setup.ts', { import: 'setupTexts' }));

export const publishTexts: PublishTexts = { items: texts.items, draft: texts.draft, prompts: texts.promptNames };
