import { consoleTexts, type ConsoleTexts } from './console.js';
import { nowTexts, type NowTexts } from './now.js';
import { pageTexts, type PageTexts } from './pages.js';

/** Every catalogue that a language has to have. */
export interface LanguageTexts {
  pages: PageTexts;
  console: ConsoleTexts;
  now: NowTexts;
}

export const texts: LanguageTexts = { pages: pageTexts, console: consoleTexts, now: nowTexts };
