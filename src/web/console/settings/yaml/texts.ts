import type { YamlTexts } from '../../../texts/en/yaml.js';
import { loadTexts } from '../../texts.js';

export const texts = await loadTexts(import.meta.glob<YamlTexts>('../../../texts/*/yaml.ts', { import: 'yamlTexts' }));
