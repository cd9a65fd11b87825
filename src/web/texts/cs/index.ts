import type { LanguageTexts } from '../en/index.js';
import { monitorTexts } from './monitor.js';
import { pageTexts } from './pages.js';

export const texts: LanguageTexts = { pages: pageTexts, monitor: monitorTexts };
