import type { OrderTexts } from '../../texts/en/orders.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(import.meta.glob<OrderTexts>('../../texts/*/orders.ts', { import: 'orderTexts' }));
