import type { LanguageTexts } from '../en/index.js';
import { consoleTexts } from './console.js';
import { nowTexts } from './now.js';
import { pageTexts } from './pages.js';

export const texts: LanguageTexts = { pages: pageTexts, console: consoleTexts, now: nowTexts };
