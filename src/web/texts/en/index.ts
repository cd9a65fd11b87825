import { callTexts, type CallTexts } from './calls.js';
import { consoleTexts, type ConsoleTexts } from './console.js';
import { nowTexts, type NowTexts } from './now.js';
import { pageTexts, type PageTexts } from './pages.js';
import { timelineTexts, type TimelineTexts } from './timeline.js';

/** Every catalogue that a language has to have. */
export interface LanguageTexts {
  pages: PageTexts;
  console: ConsoleTexts;
  now: NowTexts;
  calls: CallTexts;
  timeline: TimelineTexts;
}

export const texts: LanguageTexts = {
  pages: pageTexts,
  console: consoleTexts,
  now: nowTexts,
  calls: callTexts,
  timeline: timelineTexts,
};
