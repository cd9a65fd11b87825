import type { ConnectTexts } from '../../../texts/en/connect.js';
import { loadTexts } from '../../texts.js';

export const connectTexts = await loadTexts(
  import.meta.glob<ConnectTexts>('../../../texts/*/connect.ts', { import: 'connectTexts' }),
);
