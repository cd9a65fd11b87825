import type { QueueTexts } from '../../texts/en/queues.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(import.meta.glob<QueueTexts>('../../texts/*/queues.ts', { import: 'queueTexts' }));
