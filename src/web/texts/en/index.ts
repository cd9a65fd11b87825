import { monitorTexts, type MonitorTexts } from './monitor.js';
import { pageTexts, type PageTexts } from './pages.js';

/** Every catalogue that a language has to have. */
export interface LanguageTexts {
  pages: PageTexts;
  monitor: MonitorTexts;
}

export const texts: LanguageTexts = { pages: pageTexts, monitor: monitorTexts };
