import type { SimulationTexts } from '../../../texts/en/simulation.js';
import { loadTexts } from '../../texts.js';

export const texts = await loadTexts(
  import.meta.glob<SimulationTexts>('../../../texts/*/simulation.ts', { import: 'simulationTexts' }),
);
