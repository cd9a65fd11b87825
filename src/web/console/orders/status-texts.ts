import type { OrderStatusTexts } from '../../texts/en/order-status.js';
import { loadTexts } from '../texts.js';

export const statusTexts = await loadTexts(
  import.meta.glob<OrderStatusTexts>('../../texts/*/order-status.ts', { import: 'orderStatusTexts' }),
);
